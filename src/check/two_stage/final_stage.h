#pragma once

#include <string>
#include <tl/expected.hpp>

#include "check/two_stage/stack.h"

namespace plimsoll::check::two_stage {

/// Writes what a stack has planned as the file is written: FROM gets a name, the new stage goes in
/// behind the last step of the build, and what only a running image needs moves below it.
[[nodiscard]] tl::expected<Fix, std::string> write_final_stage(const SingleStage& stage,
                                                               const Stack& stack,
                                                               const Plan& plan);

}  // namespace plimsoll::check::two_stage
