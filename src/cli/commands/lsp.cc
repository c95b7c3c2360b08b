#include <unistd.h>

#include <string_view>

#include "cli/command.h"
#include "core/date.h"
#include "core/file_system.h"
#include "lsp/serve.h"

namespace plimsoll::cli::commands {
namespace {

std::function<Exit()> declare(CLI::App& app) {
  // Editors' clients pass it by habit; there is no other way to talk.
  app.add_flag_callback(
      "--stdio", [] {}, "Talk over standard input and output, which is what happens anyway");
  return
      [] { return plimsoll::lsp::serve(DiskFileSystem(), today(), STDIN_FILENO, STDOUT_FILENO); };
}

constexpr Sample kSamples[] = {
    {"plimsoll lsp", "What an editor starts; docs/editors.md says how to tell it"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "the editor said `shutdown`, then `exit`"},
    {Exit::kFindings, "the editor left without `shutdown`"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected, "what came in cannot be cut into messages"},
    {Exit::kEnvironment, "nothing could be read or written"},
};

}  // namespace

const Command& lsp() {
  static constexpr Command kCommand{
      .name = "lsp",
      .title = "Judge files in an editor, while they are written",
      .declare = declare,
      .about =
          "A server of the Language Server Protocol over standard input and output. Open files "
          "are judged as they are in the editor, together with the other files of the workspace: "
          "findings are underlined, explained under the cursor, fixed or ignored by code "
          "actions.\n"
          "\n"
          "The setting `rules` chooses what is shown: `default`, `all`, or a list of rules. "
          "Suppressed findings are not shown. Nothing is written to disk and nothing is sent "
          "anywhere.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
