#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// A day of the Gregorian calendar, without a time zone.
struct Date {
  std::uint16_t year = 1970;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  friend constexpr auto operator<=>(Date, Date) = default;
};

/// "2026-02-28" only; days that do not exist are refused.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// "2026-02-28".
[[nodiscard]] std::string to_string(Date date);

/// Today in UTC, or the day of SOURCE_DATE_EPOCH (seconds since 1970), so that a report can be
/// made again to the byte. Source: https://reproducible-builds.org/specs/source-date-epoch/
[[nodiscard]] Date today();

}  // namespace plimsoll
