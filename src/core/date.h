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

/// Negative when `later` is earlier.
[[nodiscard]] int days_between(Date earlier, Date later);

/// Today in UTC, or the day of SOURCE_DATE_EPOCH (seconds since 1970), so that a report can be
/// made again to the byte. Source: https://reproducible-builds.org/specs/source-date-epoch/
[[nodiscard]] Date today();

/// The second of SOURCE_DATE_EPOCH as RFC 3339 in UTC, "2026-02-28T12:00:00Z"; "" without.
[[nodiscard]] std::string source_date_time();
/// The same second in UTC without its fraction, "2026-02-28T12:00:00Z"; "" when `text` is not RFC
/// 3339 with an offset.
[[nodiscard]] std::string utc_date_time(std::string_view text);

}  // namespace plimsoll
