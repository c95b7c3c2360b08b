#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::update {

/// What a file of a feed says of itself.
struct FeedSummary {
  std::uint64_t records = 0;
  std::string made;  ///< the newest date in it; may be ""
};

/// Reads a whole file as `plimsoll db import` does, and keeps nothing of it.
/// @param format  name of the format that it must be in
/// @error kInvalid  it is in another one, or has no records
[[nodiscard]] Result<FeedSummary> summarize(const std::string& file, std::string_view format);

}  // namespace plimsoll::update
