#pragma once

#include <cstdint>
#include <string_view>

#include "check/rule.h"
#include "check/word_list.h"
#include "parse/shell.h"

/// What is known of package managers, as one table, and a reader of their command lines.
namespace plimsoll::check {

enum class PackageTool : std::uint8_t {
  kApt,
  kApk,
  kYum,
  kDnf,
  kMicrodnf,
  kZypper,
  kPip,
  kPipx,
  kNpm,
  kYarn,
  kGem,
  kGo,
};

/// Lists are blank separated, in the tool's own spelling.
struct PackageManager {
  PackageTool tool;
  WordList programs;
  WordList scopes = {};   ///< words that may stand before the verb: "module group"
  WordList install = {};  ///< verbs that fetch packages
  WordList upgrade = {};  ///< verbs that bring what is installed up to date
  WordList remove = {};
  WordList refresh = {};              ///< verbs that fetch the index
  WordList clean = {};                ///< verbs that empty the cache
  WordList yes_flags = {};            ///< "do not ask"
  std::string_view yes_setting = {};  ///< the same in a configuration file; any case
  WordList value_flags = {};          ///< options whose value is the next word
  std::string_view caches = {};       ///< folders; without a leading slash: somewhere in a home
  bool bundles = true;                ///< -abc is -a -b -c
};

/// Null when `program` (a base name) is no package manager. pip has many names: pip3.11.
[[nodiscard]] const PackageManager* find_package_manager(std::string_view program);

/// The arguments of a command that are neither options nor values of options.
class Operands {
 public:
  Operands() = default;
  Operands(const PackageManager& manager, const shell::Word* begin, const shell::Word* end)
      : manager_(&manager), at_(begin), end_(end) {}
  /// Null when there is no further one.
  [[nodiscard]] const shell::Word* next();

 private:
  [[nodiscard]] bool takes_value(std::string_view option) const;

  const PackageManager* manager_ = nullptr;
  const shell::Word* at_ = nullptr;
  const shell::Word* end_ = nullptr;
  bool options_over_ = false;
};

/// One call of a package manager: `apt-get -y install curl`, `python -m pip install x`.
struct PackageCommand {
  const PackageManager* manager = nullptr;  ///< null: something else runs
  const shell::Command* command = nullptr;
  std::string_view scope;                  ///< "module" of `dnf module install`
  std::string_view verb;                   ///< "install"; "" when none is written
  const shell::Word* verb_word = nullptr;  ///< null when the verb is implied, as for a bare `yarn`
  Operands operands;                       ///< those after the verb

  explicit operator bool() const { return manager != nullptr; }
  [[nodiscard]] PackageTool tool() const { return manager->tool; }
  [[nodiscard]] bool installs() const { return has_word(manager->install, verb); }
  [[nodiscard]] bool upgrades() const { return has_word(manager->upgrade, verb); }
  [[nodiscard]] bool removes() const { return has_word(manager->remove, verb); }
  [[nodiscard]] bool refreshes() const { return has_word(manager->refresh, verb); }
  [[nodiscard]] bool cleans() const { return has_word(manager->clean, verb); }
  /// One of the flags, alone or in a bundle.
  [[nodiscard]] bool has_any_flag(const WordList& flags) const;
  /// `-o NAME=value`, `--setopt=name=value`: NAME is set to something that means yes or no.
  [[nodiscard]] bool has_option(std::string_view name, bool value) const;
  /// From the program to its last argument, without wrappers such as sudo.
  [[nodiscard]] Span span(const dockerfile::Instruction& run) const;
  /// From the program to the verb: "apt-get -y install".
  [[nodiscard]] Span head(const dockerfile::Instruction& run) const;
};
[[nodiscard]] PackageCommand read_package_command(const shell::Command& command);

/// "1", "true", "yes", "on" in any case; with `value` false their opposites.
[[nodiscard]] bool means(std::string_view text, bool value);

/// The instructions whose script runs in a build: RUN, and RUN of ONBUILD. Scripts that we do not
/// understand are left out.
template <class Function>
void for_each_run(std::span<const dockerfile::Instruction> instructions, Function function) {
  for (const dockerfile::Instruction& outer : instructions) {
    const dockerfile::Instruction& run = outer.inner != nullptr ? *outer.inner : outer;
    if (run.keyword == dockerfile::Keyword::kRun && run.script.understood) function(run);
  }
}

/// What the instruction writes ends up in an image somebody runs: it is in the final image, or it
/// is a trigger that runs in the images built on this one.
[[nodiscard]] inline bool stays_in_image(const DockerfileView& view,
                                         const dockerfile::Instruction& run) {
  return run.onbuild || view.ships(run);
}

}  // namespace plimsoll::check
