#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"

namespace plimsoll::config {

using Rules = std::vector<const check::Rule*>;

/// The rules of a slug or of a peer's id ("hadolint:DL3002", in any case), found in constant time:
/// a file may name thousands. Empty when nothing has this name.
[[nodiscard]] const Rules& rules_named(std::string_view name);
/// The same, with those rules that only a peer's suppression of this id is meant for as well.
[[nodiscard]] const Rules& rules_silenced_by(std::string_view name);
/// Of every id that starts so ("checkov:CKV_K8S_").
[[nodiscard]] Rules rules_silenced_by_prefix(std::string_view prefix);

/// A slug or a key that `name` may have been meant for; "" when none is near.
[[nodiscard]] std::string_view near_slug(std::string_view name);

/// Every peer's id that names or silences some rule, as our catalogue spells it, sorted.
[[nodiscard]] std::vector<std::string> all_aliases();

/// Collects what names no rule, to say it in one line.
class UnknownNames {
 public:
  void add(std::string_view name);
  /// Appends ".trivyignore: no rule is called A, B and 3 more"; nothing when all were known.
  void tell(const std::string& path, std::vector<std::string>& notes) const;

 private:
  std::vector<std::string> names_;  ///< the first few
  std::size_t count_ = 0;
};

}  // namespace plimsoll::config
