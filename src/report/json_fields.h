#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// Members of a saved object that may be anything: what is missing, or of another type, is empty.
namespace plimsoll::report::fields {

using Json = nlohmann::ordered_json;

[[nodiscard]] std::string text(const Json& json, const char* key);
[[nodiscard]] std::uint64_t number(const Json& json, const char* key);
/// The texts of a list.
[[nodiscard]] std::vector<std::string> texts(const Json& json, const char* key);
/// The objects of a list; they are parts of `json`.
[[nodiscard]] std::vector<const Json*> objects(const Json& json, const char* key);

}  // namespace plimsoll::report::fields
