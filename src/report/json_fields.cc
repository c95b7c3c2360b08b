#include "report/json_fields.h"

namespace plimsoll::report::fields {

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::vector<std::string> texts(const Json& json, const char* key) {
  std::vector<std::string> list;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return list;
  for (const Json& each : *found) {
    if (each.is_string()) list.push_back(each.get<std::string>());
  }
  return list;
}

std::vector<const Json*> objects(const Json& json, const char* key) {
  std::vector<const Json*> list;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return list;
  for (const Json& each : *found) {
    if (each.is_object()) list.push_back(&each);
  }
  return list;
}

}  // namespace plimsoll::report::fields
