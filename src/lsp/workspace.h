#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/file_system.h"
#include "core/report.h"
#include "lsp/document.h"
#include "lsp/overlay.h"

namespace plimsoll::lsp {

struct RuleChoice {
  bool all = false;
  std::vector<std::string> only;  ///< slugs; empty = the default set, or all
};

/// The open documents, and what was judged of them: each in its workspace folder, together with the
/// folder's other files; a document outside every folder alone with the files it names.
class Workspace {
 public:
  Workspace(const FileSystem& disk, Date today) : disk_(disk), today_(today) {}

  void add_folder(std::string path);
  void remove_folder(const std::string& path);
  void choose(RuleChoice rules);
  /// The disk may be another: everything is judged anew.
  void refresh();

  /// Null when limits::kOpenDocuments are open.
  Document* open(Document document);
  void close(const std::string& uri);
  [[nodiscard]] Document* find(std::string_view uri);
  [[nodiscard]] const std::map<std::string, Document, std::less<>>& documents() const {
    return documents_;
  }
  /// Its text is another.
  void changed(const Document& document);

  /// Whether judging the document would read anything anew.
  [[nodiscard]] bool is_due(const Document& document) const;
  /// Judges when it is due. The report is valid until the next call that is not const.
  const Report& judge(Document& document);
  /// The path that findings of the document carry in its report.
  [[nodiscard]] std::string name_of(const Document& document) const;
  /// What the client calls the file that the document's report calls `name`.
  [[nodiscard]] DocumentId id_of(const Document& document, std::string_view name) const;

  /// What the user should know, once each: folders too large to be judged as a whole.
  [[nodiscard]] std::vector<std::string> take_notices();

 private:
  struct Folder {
    bool too_large = false;
  };
  struct Judged {
    bool due = true;
    Report report;
  };

  [[nodiscard]] const std::string* folder_of(const Document& document) const;
  /// What its judgment is kept under: its folder, or itself.
  [[nodiscard]] const std::string& scope_of(const Document& document) const;
  [[nodiscard]] std::string root_of(const Document& document) const;
  /// @return false when the folder is too large
  bool audit(Document& document, Report& report);
  [[nodiscard]] bool was_read(const Document& document, const Report& report) const;

  const FileSystem& disk_;
  Date today_;
  RuleChoice rules_;
  std::map<std::string, Folder, std::less<>> folders_;
  std::map<std::string, Document, std::less<>> documents_;  ///< by uri
  std::map<std::string, Judged, std::less<>> judged_;       ///< by scope
  std::vector<std::string> notices_;
};

}  // namespace plimsoll::lsp
