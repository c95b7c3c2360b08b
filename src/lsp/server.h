#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/exit.h"
#include "core/file_system.h"
#include "core/result.h"
#include "lsp/code_action.h"
#include "lsp/markdown.h"
#include "lsp/message.h"
#include "lsp/workspace.h"

/// plimsoll in an editor. Source: Language Server Protocol 3.17.
namespace plimsoll::lsp {

/// One client's session: messages in, messages out, no input or output of its own. What a change
/// asks to be judged waits for publish_due(), so that the caller decides when typing has paused.
class Server {
 public:
  using Send = std::function<void(const std::string& message)>;

  /// `disk` must outlive the server. Not for several threads at once.
  Server(const FileSystem& disk, Date today, Send send);

  /// Any bytes; every request is answered, every fault said.
  void handle(std::string_view content);
  /// What FrameReader could not read.
  void refuse(const Error& error);

  [[nodiscard]] bool has_due() const;
  void publish_due();

  /// Set once the client said `exit`: kClean after a shutdown, else kFindings (1), as the protocol
  /// has it.
  [[nodiscard]] std::optional<Exit> ended() const { return ended_; }

 private:
  using Answer = tl::expected<Json, Fault>;
  struct Method {
    std::string_view name;
    Answer (Server::*answer)(const Json& params);
  };
  struct Event {
    std::string_view name;
    void (Server::*take)(const Json& params);
  };
  /// What the client said it can do.
  struct Client {
    Encoding encoding = Encoding::kUtf16;
    EditAbilities edits;
    Markup markup = Markup::kMarkdown;
    bool pulls = false;  ///< it asks for diagnostics, so they are not sent unasked
    bool refreshes = false;
    bool registers_watchers = false;
  };
  struct Published {
    std::int64_t version = 0;
    std::string diagnostics;
  };
  enum class Stage : std::uint8_t { kNew, kRunning, kShutDown };

  static const std::vector<Method>& methods();
  static const std::vector<Event>& events();
  void handle_request(const Message& request);
  void handle_notification(const Message& notification);

  Answer initialize(const Json& params);
  Answer shutdown(const Json& params);
  Answer hover(const Json& params);
  Answer code_action(const Json& params);
  Answer pull_diagnostics(const Json& params);
  Answer execute_command(const Json& params);

  void initialized(const Json& params);
  void did_open(const Json& params);
  void did_change(const Json& params);
  void did_close(const Json& params);
  void did_change_configuration(const Json& params);
  void did_change_folders(const Json& params);
  /// Also of didSave: other files of the workspace may have changed with it.
  void disk_changed(const Json& params);

  void configure(const Json& settings);
  void refresh_client();
  [[nodiscard]] bool is_due(const Document& document) const;
  void publish(const Document& document, const Json& diagnostics);
  [[nodiscard]] Document* document_of(const Json& params);
  [[nodiscard]] Json judge(Document& document);
  void tell(int type, const std::string& text);

  const FileSystem& disk_;
  Date today_;
  Send send_;
  Workspace workspace_;
  Client client_;
  Stage stage_ = Stage::kNew;
  std::optional<Exit> ended_;
  std::map<std::string, Published, std::less<>> published_;  ///< by uri
  std::int64_t next_id_ = 1;
};

}  // namespace plimsoll::lsp
