#pragma once

#include "check/rule.h"

namespace plimsoll::check {

/// Gives `finding`, which says that the image runs as root, the fix that makes it run as somebody
/// else, or the reason why there is none. In this order: a user that an earlier USER names, an
/// account that the file creates, one that comes with the base, one created in the family's own
/// way, a bare number.
void step_down(Finding& finding, const DockerfileView& view, const FixValues& values);

/// USER as `stage` had it before it went back to root, by number where that is known; null word
/// when there was none.
struct EarlierUser {
  const dockerfile::Word* word = nullptr;
  std::string text;
};
[[nodiscard]] EarlierUser earlier_user(const DockerfileView& view, const dockerfile::Stage& stage);

/// Why the process that the image starts cannot simply be somebody else; "" when nothing says so.
[[nodiscard]] std::string objection_to_stepping_down(const DockerfileView& view);

/// Findings that are about images that do not run as root, and so may come with the fix.
inline constexpr std::string_view kRevealedByUser =
    "app-files-writable copied-files-not-chowned setuid-bits-kept user-not-numeric";

}  // namespace plimsoll::check
