#include "advisory/openvex_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "archive/sha256.h"

namespace plimsoll::advisory {
namespace {

using Json = nlohmann::ordered_json;

void add(Json& object, const char* key, std::string_view text) {
  if (!text.empty()) object[key] = text;
}

Json json_of(const VexComponent& component) {
  Json object = Json::object();
  const bool is_called_by_purl = component.id.empty() && component.purl.starts_with("pkg:");
  add(object, "@id", is_called_by_purl ? component.purl : component.id);
  Json identifiers = Json::object();
  if (!is_called_by_purl) add(identifiers, "purl", component.purl);
  add(identifiers, component.cpe.starts_with("cpe:2.3:") ? "cpe23" : "cpe22", component.cpe);
  if (!identifiers.empty()) object["identifiers"] = std::move(identifiers);
  const std::string_view digest = component.digest;
  if (digest.starts_with("sha256:")) object["hashes"] = {{"sha-256", digest.substr(7)}};
  return object;
}

Json json_of(const VexProduct& product) {
  Json object = json_of(product.component);
  for (const VexComponent& part : product.subcomponents) {
    object["subcomponents"].push_back(json_of(part));
  }
  return object;
}

/// Its time only where it is not that of the document.
Json json_of(const VexStatement& statement, std::string_view timestamp) {
  Json vulnerability = Json::object();
  if (!statement.vulnerabilities.empty()) {
    vulnerability["name"] = statement.vulnerabilities[0];
    for (std::size_t i = 1; i < statement.vulnerabilities.size(); ++i) {
      vulnerability["aliases"].push_back(statement.vulnerabilities[i]);
    }
  }
  Json object = {{"vulnerability", std::move(vulnerability)}};
  if (statement.timestamp != timestamp) add(object, "timestamp", statement.timestamp);
  object["products"] = Json::array();
  for (const VexProduct& product : statement.products)
    object["products"].push_back(json_of(product));
  object["status"] = to_string(statement.status);
  add(object, "justification", statement.justification);
  add(object, "impact_statement", statement.impact);
  add(object, "action_statement", statement.action);
  return object;
}

/// What is no UTF-8 is replaced: it came from a file and must not break this one.
std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string_view first_id(const VexStatement& statement) {
  return statement.vulnerabilities.empty() ? std::string_view() : statement.vulnerabilities[0];
}

}  // namespace

std::string to_openvex(const VexDocument& document) {
  std::vector<const VexStatement*> ordered;
  for (const VexStatement& each : document.statements) ordered.push_back(&each);
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto* a, const auto* b) { return first_id(*a) < first_id(*b); });
  Json json = {{"@context", "https://openvex.dev/ns/v0.2.0"}, {"@id", ""}};
  json["author"] = document.author;
  json["timestamp"] = document.timestamp;
  json["version"] = 1;
  json["statements"] = Json::array();
  for (const VexStatement* each : ordered)
    json["statements"].push_back(json_of(*each, document.timestamp));
  // The public namespace of the specification, for those who have none of their own.
  const std::string digest = archive::sha256_of(text_of(json));
  json["@id"] = "https://openvex.dev/docs/public/vex-" + digest.substr(digest.find(':') + 1);
  return text_of(json) + '\n';
}

}  // namespace plimsoll::advisory
