#include "advisory/go_commit.h"

#include <algorithm>
#include <string>

#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

constexpr std::string_view kWithoutRelease = "0.0.0-";
constexpr std::size_t kTimeDigits = 14;
constexpr std::size_t kDayDigits = 8;

std::string_view plain(std::string_view version) {
  if (version.starts_with('v')) version.remove_prefix(1);
  return version;
}

/// "20240101" of "v0.0.0-20240101000000-abcdefabcdef"; "" of any other version.
std::string_view day_of_commit(std::string_view version) {
  version = plain(version);
  if (!version.starts_with(kWithoutRelease)) return {};
  version.remove_prefix(kWithoutRelease.size());
  const bool is_one = version.size() > kTimeDigits && version[kTimeDigits] == '-' &&
                      std::all_of(version.begin(), version.begin() + kTimeDigits, ascii::is_digit);
  return is_one ? version.substr(0, kDayDigits) : std::string_view();
}

}  // namespace

bool is_commit_after(std::string_view version, std::string_view day, std::string_view fixed) {
  const std::string_view made = day_of_commit(version);
  if (made.empty() || fixed.empty() || plain(fixed).starts_with("0.0.0")) return false;
  std::string digits(day);
  std::erase(digits, '-');
  return digits.size() == kDayDigits && made > digits;
}

}  // namespace plimsoll::advisory
