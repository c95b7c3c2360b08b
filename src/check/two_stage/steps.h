#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/two_stage/single_stage.h"
#include "check/two_stage/stack.h"

/// What the RUNs of a stage are for, and which of their packages a running image needs.
namespace plimsoll::check::two_stage {

[[nodiscard]] std::vector<Step> read_steps(const SingleStage& stage, const Stack& stack);

/// The RUN does what any small image with a shell can: files, folders, accounts, and what `stack`
/// says that its image has.
[[nodiscard]] bool works_in_final_stage(const Stack& stack, const dockerfile::Instruction& run);

/// What has to be installed into the final stage.
struct NeededPackages {
  std::vector<std::string> names;    ///< as written, with their versions
  std::vector<std::string> dropped;  ///< tools that the final stage lacks: "curl"
  bool by_apk = false;
  std::string reason;  ///< why that cannot be told; "" when it can
};
[[nodiscard]] NeededPackages needed_packages(const SingleStage& stage, const Stack& stack);

}  // namespace plimsoll::check::two_stage
