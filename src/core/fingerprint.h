#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

/// 32 hexadecimal digits that tell texts apart, the same on every computer: names a finding in
/// later runs. Not for secrets, which could be guessed from it.
[[nodiscard]] std::string fingerprint(std::string_view text);
/// Half of it, as a number.
[[nodiscard]] std::uint64_t short_fingerprint(std::string_view text);

}  // namespace plimsoll
