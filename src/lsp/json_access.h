#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/text_index.h"

/// What a client sent, read without trust: nothing here throws, whatever the types are.
namespace plimsoll::lsp {

using Json = nlohmann::json;

/// Null when `value` is no object or has no such member.
[[nodiscard]] const Json& member(const Json& value, std::string_view name);
/// Members of members.
[[nodiscard]] const Json& member(const Json& value, std::initializer_list<std::string_view> names);
/// Empty when it is no string. Valid as long as `value`.
[[nodiscard]] std::string_view text_of(const Json& value);
[[nodiscard]] bool is_true(const Json& value);
/// Whether an array holds the string.
[[nodiscard]] bool holds(const Json& array, std::string_view text);
/// Nullopt unless it is an integer that fits.
[[nodiscard]] std::optional<std::int64_t> integer_of(const Json& value);

[[nodiscard]] std::optional<Position> position_of(const Json& value);
[[nodiscard]] std::optional<Range> range_of(const Json& value);
[[nodiscard]] Json to_json(Position position);
[[nodiscard]] Json to_json(const Range& range);

}  // namespace plimsoll::lsp
