#pragma once

#include <string>
#include <vector>

#include "report/format.h"
#include "scan/fix.h"

/// A FixPlan as text.
namespace plimsoll::cli {

/// For a person: one coloured diff per file, the reason beside each edit.
[[nodiscard]] std::string render_plan(const scan::FixPlan& plan,
                                      const report::Appearance& appearance);
struct Patch {
  std::string text;
  std::vector<std::string> withheld;  ///< files whose lines would show a secret
};
/// For `git apply` and `patch`: unified diffs. The reasons stand before each as lines with '#'.
[[nodiscard]] Patch render_patch(const scan::FixPlan& plan);
/// Score before and after, what is left and why, what a person has to do.
[[nodiscard]] std::string render_outcome(const scan::FixPlan& plan,
                                         const report::Appearance& appearance);

}  // namespace plimsoll::cli
