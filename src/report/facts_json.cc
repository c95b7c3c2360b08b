#include "report/facts_json.h"

#include <string_view>
#include <unordered_map>
#include <utility>

namespace plimsoll::report {

using Json = nlohmann::ordered_json;

Json facts_json(const std::vector<Fact>& facts) {
  Json json = Json::object();
  // Appended to directly: by name, ordered_json would search from its beginning for each.
  auto& members = json.get_ref<Json::object_t&>();
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Fact& fact : facts) {
    const auto [place, fresh] = places.try_emplace(fact.key, members.size());
    if (fresh) {
      members.push_back({fact.key, fact.value});
      continue;
    }
    Json& value = members.data()[place->second].second;
    if (!value.is_array()) value = Json::array({std::move(value)});
    value.push_back(fact.value);
  }
  return json;
}

void read_facts(const std::string& key, const Json& value, std::vector<Fact>& facts) {
  if (value.is_string()) {
    facts.push_back({key, value.get<std::string>()});
    return;
  }
  if (!value.is_array()) return;
  for (const Json& one : value) {
    if (one.is_string()) facts.push_back({key, one.get<std::string>()});
  }
}

}  // namespace plimsoll::report
