#include "lsp/json_access.h"

#include <algorithm>
#include <limits>

namespace plimsoll::lsp {
namespace {

std::optional<std::uint32_t> unsigned_of(const Json& value) {
  const auto number = integer_of(value);
  if (!number || *number < 0) return std::nullopt;
  // Clients say "the end of the line" by a column that no line has.
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::uint32_t>(std::min(*number, kMost));
}

}  // namespace

const Json& member(const Json& value, std::string_view name) {
  static const Json kNull;
  if (!value.is_object()) return kNull;
  const auto found = value.find(name);
  return found == value.end() ? kNull : *found;
}

const Json& member(const Json& value, std::initializer_list<std::string_view> names) {
  const Json* at = &value;
  for (const std::string_view name : names) at = &member(*at, name);
  return *at;
}

std::string_view text_of(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool is_true(const Json& value) {
  return value.is_boolean() && *value.get_ptr<const bool*>();
}

bool holds(const Json& array, std::string_view text) {
  if (!array.is_array()) return false;
  return std::any_of(array.begin(), array.end(), [text](const Json& item) {
    return item.is_string() && text_of(item) == text;
  });
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (const auto* natural = value.get_ptr<const std::uint64_t*>()) {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (*natural > kMost) return std::nullopt;
    return static_cast<std::int64_t>(*natural);
  }
  if (const auto* number = value.get_ptr<const std::int64_t*>()) return *number;
  return std::nullopt;
}

std::optional<Position> position_of(const Json& value) {
  const auto line = unsigned_of(member(value, "line"));
  const auto character = unsigned_of(member(value, "character"));
  if (!line || !character) return std::nullopt;
  return Position{*line, *character};
}

std::optional<Range> range_of(const Json& value) {
  const auto start = position_of(member(value, "start"));
  const auto end = position_of(member(value, "end"));
  if (!start || !end) return std::nullopt;
  return Range{*start, *end};
}

Json to_json(Position position) {
  return {{"line", position.line}, {"character", position.character}};
}

Json to_json(const Range& range) {
  return {{"start", to_json(range.start)}, {"end", to_json(range.end)}};
}

}  // namespace plimsoll::lsp
