#pragma once

#include <cstdint>

namespace plimsoll {

/// What a baseline says of something that is found.
enum class Standing : std::uint8_t {
  kNone,   ///< there is no baseline
  kNew,    ///< not in it
  kKnown,  ///< in it
  kFixed,  ///< in it, and found no more
};

}  // namespace plimsoll
