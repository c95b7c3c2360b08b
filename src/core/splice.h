#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"

/// Edits made into text. Bytes outside the edits stay as they are.
namespace plimsoll {

/// Chooses edits of one text that can be made together.
class Splicer {
 public:
  /// Takes all of `edits`, or none when one of them contradicts what was taken before: it changes
  /// bytes that are changed already, or writes a line that was written otherwise. An edit that was
  /// taken before is no contradiction.
  [[nodiscard]] bool take(const std::vector<Edit>& edits);

  /// What was taken, plain (no `under`), sorted, disjoint; one insertion per place.
  [[nodiscard]] std::vector<Edit> plain() const;
  [[nodiscard]] bool empty() const { return taken_.empty(); }

 private:
  struct ByPlace {
    bool operator()(const Edit& a, const Edit& b) const { return a.span < b.span; }
  };

  [[nodiscard]] bool holds(const Edit& edit) const;
  [[nodiscard]] bool fits(const Edit& edit) const;

  std::multiset<Edit, ByPlace> taken_;  ///< insertions at one place in the order they came
};

/// The edits of one fix as plain ones; nothing when they contradict each other.
[[nodiscard]] std::optional<std::vector<Edit>> plain_edits(const std::vector<Edit>& edits);

/// @param plain  as Splicer::plain() gives them
[[nodiscard]] std::string splice(std::string_view text, const std::vector<Edit>& plain);

}  // namespace plimsoll
