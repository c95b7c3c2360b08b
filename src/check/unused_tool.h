#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"

/// A package that only a person at a shell has a use for, and that nothing in the Dockerfile names,
/// need not be installed at all.
namespace plimsoll::check {

/// Why the package has to stay; "" when nothing needs it.
/// @param run  installs it
[[nodiscard]] std::string objection_to_leaving_out(const DockerfileView& view,
                                                   const dockerfile::Instruction& run,
                                                   std::string_view package);

/// Gives `finding` the fix that no longer installs any of `words`, or the reason why there is none.
/// They are operands of the installing commands of `run`.
void offer_leaving_out(Finding& finding, const DockerfileView& view,
                       const dockerfile::Instruction& run,
                       const std::vector<const shell::Word*>& words);

}  // namespace plimsoll::check
