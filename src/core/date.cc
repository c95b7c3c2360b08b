#include "core/date.h"

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

Date today() {
  using std::chrono::system_clock;
  const auto now = std::chrono::floor<std::chrono::seconds>(system_clock::now());
  const auto seconds = source_date_epoch().value_or(now.time_since_epoch());
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::seconds>(seconds))};
  return Date{static_cast<std::uint16_t>(static_cast<int>(date.year())),
              static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
              static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

}  // namespace plimsoll
