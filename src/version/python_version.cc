#include "version/python_version.h"

#include <initializer_list>

#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version {
namespace {

bool is_separator(char c) {
  return c == '.' || c == '-' || c == '_';
}

bool take_word(std::string_view& rest, std::string_view word) {
  if (!ascii::iequals(rest.substr(0, word.size()), word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

/// One of the words, with a separator before and one between it and its number, if any.
bool take_part(std::string_view& rest, std::initializer_list<std::string_view> words,
               std::string_view& number) {
  std::string_view after = rest;
  if (!after.empty() && is_separator(after.front())) after.remove_prefix(1);
  for (const std::string_view word : words) {
    if (!take_word(after, word)) continue;
    if (!after.empty() && is_separator(after.front())) after.remove_prefix(1);
    number = take_digits(after);
    rest = after;
    return true;
  }
  return false;
}

std::string_view take_release(std::string_view& rest) {
  const std::string_view all = rest;
  std::size_t length = take_digits(rest).size();
  while (length > 0 && rest.size() > 1 && rest[0] == '.' && ascii::is_digit(rest[1])) {
    rest.remove_prefix(1);
    length += 1 + take_digits(rest).size();
  }
  return all.substr(0, length);
}

PythonVersion::Phase take_phase(std::string_view& rest, std::string_view& number) {
  if (take_part(rest, {"alpha", "a"}, number)) return PythonVersion::Phase::kAlpha;
  if (take_part(rest, {"beta", "b"}, number)) return PythonVersion::Phase::kBeta;
  if (take_part(rest, {"preview", "pre", "c", "rc"}, number)) {
    return PythonVersion::Phase::kCandidate;
  }
  return PythonVersion::Phase::kNone;
}

bool take_post(std::string_view& rest, std::string_view& number) {
  if (rest.size() > 1 && rest[0] == '-' && ascii::is_digit(rest[1])) {
    rest.remove_prefix(1);
    number = take_digits(rest);
    return true;
  }
  return take_part(rest, {"post", "rev", "r"}, number);
}

bool is_local(std::string_view text) {
  bool after_separator = true;
  for (const char c : text) {
    if (is_separator(c) ? after_separator : !ascii::is_alnum(c)) return false;
    after_separator = is_separator(c);
  }
  return !after_separator;
}

/// The next piece, and whether there are more.
std::string_view take_segment(std::string_view& rest) {
  const std::string_view segment = take_while(rest, [](char c) { return !is_separator(c); });
  if (!rest.empty()) rest.remove_prefix(1);
  return segment;
}

std::weak_ordering compare_local(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_segment(a);
    const std::string_view right = take_segment(b);
    const bool left_number = ascii::is_number(left);
    const bool right_number = ascii::is_number(right);
    if (left_number != right_number) return left_number <=> right_number;
    const auto order = left_number ? compare_numbers(left, right) : compare_caseless(left, right);
    if (order != 0) return order;
  }
  return !a.empty() <=> !b.empty();
}

/// 1.0.dev1 comes before 1.0a1, which comes before 1.0.
int phase_rank(const PythonVersion& version) {
  const bool only_dev =
      version.phase == PythonVersion::Phase::kNone && !version.is_post && version.is_dev;
  return only_dev ? -1 : static_cast<int>(version.phase);
}

}  // namespace

std::optional<PythonVersion> parse_python_version(std::string_view text) {
  std::string_view rest = ascii::trim(text);
  (void)take_word(rest, "v");
  PythonVersion version;
  std::string_view after = rest;
  version.epoch = take_digits(after);
  if (version.epoch.empty() || !take(after, "!")) {
    version.epoch = {};
    after = rest;
  }
  version.release = take_release(after);
  if (version.release.empty()) return std::nullopt;
  version.phase = take_phase(after, version.phase_number);
  version.is_post = take_post(after, version.post_number);
  version.is_dev = take_part(after, {"dev"}, version.dev_number);
  if (take(after, "+")) {
    if (!is_local(after)) return std::nullopt;
    version.local = after;
    return version;
  }
  if (!after.empty()) return std::nullopt;
  return version;
}

std::weak_ordering compare_python(const PythonVersion& a, const PythonVersion& b) {
  if (const auto order = compare_numbers(a.epoch, b.epoch); order != 0) return order;
  if (const auto order = compare_dotted_numbers(a.release, b.release); order != 0) return order;
  if (phase_rank(a) != phase_rank(b)) return phase_rank(a) <=> phase_rank(b);
  if (const auto order = compare_numbers(a.phase_number, b.phase_number); order != 0) return order;
  if (a.is_post != b.is_post) return a.is_post <=> b.is_post;
  if (const auto order = compare_numbers(a.post_number, b.post_number); order != 0) return order;
  if (a.is_dev != b.is_dev) return b.is_dev <=> a.is_dev;
  if (const auto order = compare_numbers(a.dev_number, b.dev_number); order != 0) return order;
  return compare_local(a.local, b.local);
}

}  // namespace plimsoll::version
