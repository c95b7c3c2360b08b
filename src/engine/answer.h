#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

/// What an engine's answers say. An answer may hold anything: what has the wrong type counts as
/// absent. Private to engine/.
namespace plimsoll::engine {

using Json = nlohmann::json;

/// nullopt when it is no JSON, or nested deeper than limits::kEngineAnswerDepth.
[[nodiscard]] std::optional<Json> parse_answer(std::string_view text);

/// A text member; "" when it is absent or no text.
[[nodiscard]] std::string text_of(const Json& object, const char* key);

/// The engine's own words in an error, made fit for one line; "" when there are none.
[[nodiscard]] std::string message_of(std::string_view body);

/// What can stand in a request's path as it is: [a-zA-Z0-9][a-zA-Z0-9_.-]*, as engines ask of
/// names.
[[nodiscard]] bool is_name(std::string_view text);
/// "/web" as "web"; "" when that is no name.
[[nodiscard]] std::string name_of(std::string_view text);
/// "sha256:" and hexadecimal digits.
[[nodiscard]] bool is_image_id(std::string_view text);

/// The answer of GET /containers/json, sorted by name; nullopt when it is none.
[[nodiscard]] std::optional<std::vector<Listed>> read_list(const Json& answer);

/// Of GET /info: "100000" of /var/lib/docker/100000.100000; nullopt when it is not there.
[[nodiscard]] std::optional<std::int64_t> remapped_root(const Json& info);
/// Whether SecurityOptions has "name=<name>".
[[nodiscard]] bool has_security_option(const Json& info, std::string_view name);

/// The reference to ask for what the image's name stands for now; "" when that cannot change (a
/// digest, an id) or there is none.
[[nodiscard]] std::string movable_image(const Json& container);

}  // namespace plimsoll::engine
