#pragma once

#include <string_view>

/// What the variables of a stage are for, as far as their names say it.
namespace plimsoll::check::two_stage {

/// They say how to build and nothing else.
[[nodiscard]] bool is_of_build(std::string_view name);
/// Tools of a build look at them although no command names them.
[[nodiscard]] bool may_guide_build(std::string_view name);
/// Only a running program looks at them.
[[nodiscard]] bool is_of_run_time(std::string_view name);

}  // namespace plimsoll::check::two_stage
