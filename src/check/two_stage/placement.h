#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "check/two_stage/stack.h"
#include "check/two_stage/steps.h"

namespace plimsoll::check::two_stage {

/// Name of the stage that the two others are FROM, where a plan forks one.
inline constexpr std::string_view kShared = "base";

/// Where each instruction of the original ends up.
struct Placement {
  const dockerfile::Instruction* first = nullptr;  ///< RUN of the build
  /// The last one: the new stage begins below it.
  const dockerfile::Instruction* point = nullptr;
  const dockerfile::Instruction* workdir = nullptr;     ///< in force there
  std::vector<std::string> shared;                      ///< lines that both stages get, at the fork
  std::vector<std::string> early;                       ///< lines above what is copied
  std::vector<std::string> late;                        ///< lines below it
  std::vector<const dockerfile::Instruction*> removed;  ///< from where they stand
  NeededPackages packages;

  [[nodiscard]] bool is_above(const dockerfile::Instruction& instruction) const {
    return instruction.span.begin <= point->span.begin;
  }
};

/// Decides of each instruction whether it stays, moves or is repeated; or says why that is not
/// certain.
[[nodiscard]] tl::expected<Placement, std::string> place_instructions(const SingleStage& stage,
                                                                      const Stack& stack,
                                                                      const Plan& plan);

}  // namespace plimsoll::check::two_stage
