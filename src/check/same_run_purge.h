#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/package_manager.h"
#include "check/rule.h"

/// A package that only the RUN which installs it needs can go again at the end of that RUN, so that
/// it never gets into a layer.
namespace plimsoll::check {

enum class ToolKind : std::uint8_t {
  kProgram,   ///< called by its name: curl
  kCompiler,  ///< called by what builds: gcc by pip
};

/// `run` uses the package itself.
[[nodiscard]] bool uses_package(const dockerfile::Instruction& run, std::string_view package,
                                ToolKind kind);

/// Why the package cannot go again; "" when nothing else needs it.
[[nodiscard]] std::string objection_to_purge(const DockerfileView& view,
                                             const dockerfile::Instruction& run,
                                             std::string_view package, ToolKind kind);

/// Gives `finding` the fix that removes all of `words` at the end of `run`, or the reason why there
/// is none. They are operands of its installing commands.
void offer_purge(Finding& finding, const DockerfileView& view, const dockerfile::Instruction& run,
                 const std::vector<const shell::Word*>& words, ToolKind kind);

/// "curl" of "curl=7.88*".
[[nodiscard]] inline std::string_view name_of_package(const shell::Word& word) {
  return word.value.substr(0, word.value.find_first_of("=~/<>:"));
}

/// `run` takes the package away again, or something that we cannot tell from it: a name that stands
/// for several, a variable.
[[nodiscard]] bool is_removed_again(const dockerfile::Instruction& run, std::string_view package);

/// The program of a package: "nc" of netcat-openbsd, "ssh" of openssh-client.
[[nodiscard]] std::string_view program_of_package(std::string_view package);

}  // namespace plimsoll::check
