#include "parse/node.h"

#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "core/ascii.h"

namespace plimsoll {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

/// A scalar whose tag or quotes say that it is text and nothing else.
bool is_text(const Node& node) {
  return !node.is_plain() || node.tag == "!" || node.tag == "!!str";
}

template <class Number>
std::optional<Number> whole(std::string_view text, int base) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> with_sign(std::optional<std::uint64_t> magnitude, bool negative) {
  if (!magnitude) return std::nullopt;
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!negative) {
    if (*magnitude > kMax) return std::nullopt;
    return static_cast<std::int64_t>(*magnitude);
  }
  if (*magnitude > kMax + 1) return std::nullopt;
  return static_cast<std::int64_t>(0 - *magnitude);  // two's complement, also for the minimum
}

/// 1_000 as YAML 1.1 writes it; nullopt when there is no '_'.
std::optional<std::string> without_underscores(std::string_view text) {
  if (!ascii::contains(text, "_")) return std::nullopt;
  std::string out;
  for (const char c : text) {
    if (c != '_') out += c;
  }
  return out;
}

std::optional<std::uint64_t> magnitude(std::string_view digits, bool text_only) {
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (text_only) {
    if (leading_zero) return std::nullopt;
    return whole<std::uint64_t>(digits, 10);
  }
  if (!leading_zero) return whole<std::uint64_t>(digits, 10);
  const std::string_view rest = digits.substr(2);
  switch (ascii::to_lower(digits[1])) {
    case 'x': return whole<std::uint64_t>(rest, 16);
    case 'o': return whole<std::uint64_t>(rest, 8);
    case 'b': return whole<std::uint64_t>(rest, 2);
    default: return whole<std::uint64_t>(digits, 8);
  }
}

/// from_chars takes "inf" and "nan" too, which YAML spells with a dot.
bool starts_like_a_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);
  return !text.empty() && ascii::is_digit(text.front());
}

std::optional<double> special_number(std::string_view text) {
  constexpr std::array<std::string_view, 3> kInfinity = {".inf", ".Inf", ".INF"};
  constexpr std::array<std::string_view, 3> kNotANumber = {".nan", ".NaN", ".NAN"};
  if (is_one_of(text, kNotANumber)) return std::numeric_limits<double>::quiet_NaN();
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (!is_one_of(text, kInfinity)) return std::nullopt;
  const double infinity = std::numeric_limits<double>::infinity();
  return negative ? -infinity : infinity;
}

}  // namespace

const Node::Entry* Node::find_entry(std::string_view key) const {
  if (!is_mapping()) return nullptr;
  const Entry* found = nullptr;
  for (const Entry& entry : entries) {
    if (!entry.key->is_scalar() || entry.key->text != key) continue;
    if (entry.merged && found != nullptr) break;  // own entries come first, and they win
    found = &entry;
  }
  return found;
}

const Node* Node::find(std::string_view key) const {
  const Entry* const entry = find_entry(key);
  return entry == nullptr ? nullptr : entry->value;
}

const Node* Node::at(std::initializer_list<std::string_view> keys) const {
  const Node* node = this;
  for (const std::string_view key : keys) {
    if (node == nullptr) return nullptr;
    node = node->find(key);
  }
  return node;
}

std::optional<bool> Node::as_bool() const {
  constexpr std::array<std::string_view, 3> kTrue = {"true", "True", "TRUE"};
  constexpr std::array<std::string_view, 3> kFalse = {"false", "False", "FALSE"};
  constexpr std::array<std::string_view, 8> kYes = {"yes", "Yes", "YES", "on",
                                                    "On",  "ON",  "y",   "Y"};
  constexpr std::array<std::string_view, 8> kNo = {"no", "No", "NO", "off", "Off", "OFF", "n", "N"};
  if (!is_scalar()) return std::nullopt;
  if (is_one_of(text, kTrue)) return true;
  if (is_one_of(text, kFalse)) return false;
  if (is_text(*this)) return std::nullopt;
  if (is_one_of(text, kYes)) return true;
  if (is_one_of(text, kNo)) return false;
  return std::nullopt;
}

std::optional<std::int64_t> Node::as_int() const {
  if (!is_scalar()) return std::nullopt;
  const bool text_only = is_text(*this);
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || !ascii::is_digit(digits.front())) return std::nullopt;
  const auto cleaned = text_only ? std::nullopt : without_underscores(digits);
  return with_sign(magnitude(cleaned ? std::string_view(*cleaned) : digits, text_only), negative);
}

std::optional<double> Node::as_number() const {
  if (!is_scalar()) return std::nullopt;
  if (const auto integer = as_int()) return static_cast<double>(*integer);
  if (!is_text(*this)) {
    if (const auto special = special_number(text)) return special;
  }
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (!starts_like_a_number(digits)) return std::nullopt;
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace plimsoll
