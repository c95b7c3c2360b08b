#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// How the versions of an ecosystem are ordered, and which of them a range names.
namespace plimsoll::version {

/// One scheme: one file of orders/, which CMake finds.
///
/// Every order is total on any bytes: what its tool refuses has a place, too, which the file says.
/// A version is as it is written: with its epoch, and without a package's name or architecture.
struct Order {
  std::string_view name;  ///< "deb"
  /// Comma separated: the ecosystems of OSV, and others' names for them, that are ordered so.
  std::string_view ecosystems;
  /// A strict weak order, in time linear in the lengths, unless `is_weak` says otherwise.
  std::weak_ordering (*compare)(std::string_view a, std::string_view b);
  /// Whether the scheme's own tool takes it.
  bool (*is_valid)(std::string_view version);
  /// Its language of ranges; null for comparators in a list: ">= 1.0, < 2.0".
  Result<bool> (*contains)(std::string_view range, std::string_view version) = nullptr;
  /// False: versions may equal a third without being equal. Such are to be sorted by
  /// std::stable_sort, which is safe with that.
  bool is_weak = true;
  std::string_view source;  ///< where the rules are written down
};

[[nodiscard]] const std::vector<const Order*>& all_orders();

/// By name, or by an ecosystem of OSV: "deb", "Debian:12", "Ubuntu:22.04:LTS", in any case.
/// Null when it is none of them.
[[nodiscard]] const Order* find_order(std::string_view name);

/// Whether `version` is one of `range`, in the language of the order's ranges.
/// @error kInvalid  it is no range, or the version none that the language can judge
[[nodiscard]] Result<bool> contains(const Order& order, std::string_view range,
                                    std::string_view version);

/// Whether the text can only be a range: it has an operator, a bracket or a wildcard that no
/// version of the scheme has. A bare version is a range in many languages, but not told as one.
[[nodiscard]] bool is_range(const Order& order, std::string_view text);

/// Every name, for people: "alpm, apk, …".
[[nodiscard]] std::string order_names();

}  // namespace plimsoll::version
