#pragma once

#include <optional>
#include <string>

#include "check/rule.h"

namespace plimsoll::check {

/// Splits the stage that builds the application and ships into two: one that builds, and a small
/// one that gets the result. Worked out when first asked for, since most findings never need it.
/// How a stack is built and what it leaves is known by two_stage/<stack>.cc.
class TwoStages {
 public:
  TwoStages(const DockerfileView& view, const RuleOptions& options)
      : view_(view), options_(options) {}

  /// Gives `finding` the rewrite, or the reason why there is none.
  void offer(Finding& finding);
  /// There is one.
  [[nodiscard]] bool possible();
  /// There is one, to an image without a shell.
  [[nodiscard]] bool ships_bare();

 private:
  void work_out();

  const DockerfileView& view_;
  const RuleOptions& options_;
  bool done_ = false;
  bool bare_ = false;
  std::optional<Fix> fix_;
  std::string reason_;
};

}  // namespace plimsoll::check
