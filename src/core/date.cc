#include "core/date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "core/ascii.h"

namespace plimsoll {
namespace {

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31, the last with four digits

std::optional<unsigned> number(std::string_view text) {
  if (!ascii::is_number(text)) return std::nullopt;
  unsigned value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{}) return std::nullopt;
  return value;
}

void append_padded(std::string& out, unsigned value, std::size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

/// Nothing when the variable is unset or no sensible number.
std::optional<std::chrono::seconds> source_date_epoch() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr || !ascii::is_number(text)) return std::nullopt;
  std::int64_t seconds = 0;
  const std::string_view view = text;
  const auto result = std::from_chars(view.data(), view.data() + view.size(), seconds);
  if (result.ec != std::errc{} || seconds > kLastSecond) return std::nullopt;
  return std::chrono::seconds(seconds);
}

Date date_of(std::chrono::sys_days days) {
  const std::chrono::year_month_day date{days};
  return Date{static_cast<std::uint16_t>(static_cast<int>(date.year())),
              static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
              static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

std::string date_time(std::chrono::seconds since_1970) {
  const std::chrono::sys_seconds time(since_1970);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string out = to_string(date_of(day)) + 'T';
  append_padded(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  append_padded(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  append_padded(out, static_cast<unsigned>(clock.seconds().count()), 2);
  return out + 'Z';
}

/// Of "hh:mm".
std::optional<std::chrono::seconds> minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

/// Of "Z" or "+02:00".
std::optional<std::chrono::seconds> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::seconds(0);
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
  const auto offset = minutes_of(text.substr(1));
  if (!offset) return std::nullopt;
  return text.front() == '-' ? -*offset : *offset;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day known{std::chrono::year(static_cast<int>(*year)),
                                          std::chrono::month(*month), std::chrono::day(*day)};
  if (!known.ok()) return std::nullopt;
  return Date{static_cast<std::uint16_t>(*year), static_cast<std::uint8_t>(*month),
              static_cast<std::uint8_t>(*day)};
}

std::string to_string(Date date) {
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  return out;
}

int days_between(Date earlier, Date later) {
  const auto days = [](Date date) {
    return std::chrono::sys_days(std::chrono::year(date.year) / date.month / date.day);
  };
  return static_cast<int>((days(later) - days(earlier)).count());
}

Date today() {
  using std::chrono::system_clock;
  const auto now = std::chrono::floor<std::chrono::seconds>(system_clock::now());
  const auto seconds = source_date_epoch().value_or(now.time_since_epoch());
  return date_of(
      std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::seconds>(seconds)));
}

std::string source_date_time() {
  const auto seconds = source_date_epoch();
  return seconds ? date_time(*seconds) : std::string();
}

std::string utc_date_time(std::string_view text) {
  constexpr std::size_t kClock = 11;    // of "2026-02-28T12:00:00Z", where the clock begins
  constexpr std::size_t kSeconds = 17;  // and its seconds
  if (text.size() < kSeconds + 3 || (text[10] != 'T' && text[10] != 't') || text[16] != ':') {
    return {};
  }
  const auto day = parse_date(text.substr(0, 10));
  const auto clock = minutes_of(text.substr(kClock, 5));
  const auto second = number(text.substr(kSeconds, 2));
  if (!day || !clock || !second || *second > 60) return {};
  std::string_view rest = text.substr(kSeconds + 2);
  if (rest.starts_with('.')) {
    rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  }
  const auto offset = offset_of(rest);
  if (!offset) return {};
  const std::chrono::sys_days days = std::chrono::year(day->year) / day->month / day->day;
  const auto since = days.time_since_epoch() + *clock + std::chrono::seconds(*second) - *offset;
  const bool in_four_digits = since.count() <= kLastSecond && day->year > 0;
  return in_four_digits ? date_time(since) : std::string();
}

}  // namespace plimsoll
