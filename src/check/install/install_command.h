#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "check/word_list.h"
#include "parse/shell.h"

/// Commands that install what a project's lock file lists.
namespace plimsoll::check::install {

/// Where a tool looks for its lock file.
enum class Search : std::uint8_t {
  kHere,   ///< in the folder it works in
  kAbove,  ///< there, else in the nearest folder above
  kBelow,  ///< there and in all folders below, of which each has its own
};

/// What is known of one tool. Lists are blank separated, in the tool's own spelling.
struct LockTool {
  WordList programs;
  WordList verbs;          ///< first operands that install
  WordList scopes = {};    ///< words before the verb: "mod" of `go mod download`
  bool several = false;    ///< takes several verbs: `gradle clean build`
  bool bare = false;       ///< installs without any verb, too: `bundle`, `yarn`
  std::string_view locks;  ///< names of its lock files; with a `*` for any text
  Search search = Search::kHere;
  std::string_view output = {};  ///< folder that gets the packages, below that of the lock file
  WordList homes = {};           ///< parts of the paths of other folders that may get them
  WordList value_flags = {};     ///< options whose value is the next word
  WordList folder_flags = {};    ///< those of them that say where it works
  WordList file_flags = {};      ///< those of them that name a file in the folder it works in
  bool dev_by_default = true;    ///< what is for developing too, unless it is told not to
  WordList without_dev = {};     ///< "--no-dev", "--without=dev", whether with `=` or a blank
  WordList with_dev = {};
  /// Variables that do the same: "NODE_ENV=production"; "NAME=" is any value that means yes.
  std::string_view without_dev_variables = {};
};

/// What an environment variable is worth; nothing when it is not set.
using Variable = std::function<std::optional<std::string_view>(std::string_view name)>;

struct InstallCommand {
  const LockTool* tool = nullptr;
  std::string_view folder;              ///< that an option names; "" the current one
  std::vector<std::string_view> files;  ///< named lock files: requirements of pip
  std::string_view into;                ///< folder that an option says the packages go to
  bool with_dev = true;
};

/// Nothing for a command that installs nothing, or named packages only.
[[nodiscard]] std::optional<InstallCommand> read_install_command(const shell::Command& command,
                                                                 const Variable& variable);

/// The command removes what is for developing from what was installed before: `npm prune`.
[[nodiscard]] bool removes_dev(const shell::Command& command);

}  // namespace plimsoll::check::install
