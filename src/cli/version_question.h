#pragma once

#include <span>
#include <string_view>

#include "core/result.h"
#include "version/order.h"

namespace plimsoll::cli {

/// Answers one question about versions, which is put in columns:
///
///     A B                 which is later: "<", "=" or ">"
///     A OPERATOR B …      the same, whatever the operator says
///     in RANGE VERSION    "in" or "out"
///     RANGE VERSION       the same, where one of the two can only be a range, in either order
///     RANGE VERSION true  the same, whatever the last column says
///
/// Before them stands the ecosystem, unless `order` is given.
struct VersionQuestion {
  const version::Order* order = nullptr;
  bool is_range = false;  ///< two columns are always a range and a version
};

/// @error kInvalid  no such ecosystem, no such columns, or no range
[[nodiscard]] Result<std::string_view> answer(const VersionQuestion& question,
                                              std::span<const std::string_view> columns);

}  // namespace plimsoll::cli
