#include "check/two_stage.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "check/two_stage/final_stage.h"
#include "check/two_stage/stack.h"
#include "check/two_stage/steps.h"

namespace plimsoll::check {

void TwoStages::work_out() {
  using namespace two_stage;
  done_ = true;
  const auto stage = read_single_stage(view_, options_, reason_);
  if (!stage) return;
  const auto& stacks = all_stacks();
  const auto find = [&](bool special) {
    return std::find_if(stacks.begin(), stacks.end(), [&](const Stack* each) {
      return each->special == special && each->applies(*stage);
    });
  };
  auto stack = find(true);
  if (stack == stacks.end()) stack = find(false);
  if (stack == stacks.end()) {
    reason_ = "what a second stage would have to copy cannot be told from the file";
    return;
  }
  auto plan = (*stack)->plan(*stage);
  if (!plan) {
    reason_ = std::move(plan.error());
    return;
  }
  auto written = write_final_stage(*stage, **stack, *plan);
  if (!written) {
    reason_ = std::move(written.error());
    return;
  }
  bare_ = plan->bare;
  fix_ = *std::move(written);
}

bool TwoStages::possible() {
  if (!done_) work_out();
  return fix_.has_value();
}

bool TwoStages::ships_bare() {
  return possible() && bare_;
}

void TwoStages::offer(Finding& finding) {
  if (possible()) {
    finding.fix = fix_;
  } else {
    finding.unfixed = reason_;
  }
}

}  // namespace plimsoll::check
