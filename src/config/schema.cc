#include "config/schema.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "check/fix_value.h"
#include "check/rule.h"
#include "config/own_keys.h"
#include "config/rule_names.h"
#include "core/limits.h"

// It asks for what the reader asks for, but for what JSON Schema cannot say: that a glob is one,
// that a day exists, that a rule is not set twice by two names.
namespace plimsoll::config {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view name) {
  return {{"$ref", "#/$defs/" + std::string(name)}};
}

Json text() {
  return {{"type", "string"}};
}

Json one_or_list(const Json& item, bool may_be_empty) {
  Json list{{"type", "array"}, {"items", item}};
  if (!may_be_empty) list["minItems"] = 1;
  return {{"anyOf", Json::array({item, std::move(list)})}};
}

Json severities() {
  return {{"enum", {"critical", "high", "medium", "low", "info"}}};
}

Json switches() {
  return {{"enum", {"on", "off", true, false}}};
}

Json path() {
  return {{"type", "string"},
          {"minLength", 1},
          {"maxLength", limits::kPathPatternBytes},
          {"not", {{"pattern", "^/|(^|/)[.][.](/|$)"}}}};
}

Json rule_names() {
  Json slugs = Json::array();
  for (const check::Rule* rule : check::all_rules()) slugs.push_back(rule->meta.slug);
  return {{"enum", std::move(slugs)}};
}

/// Shape of a key of the file.
Json shape_of(std::string_view key) {
  if (key == "select") return {{"enum", {"default", "all"}}};
  if (key == "rules") {
    Json properties = Json::object();
    for (const check::Rule* rule : check::all_rules()) {
      Json setting = reference("setting");
      setting["description"] = rule->meta.title;
      properties[std::string(rule->meta.slug)] = std::move(setting);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"patternProperties", {{"^[a-z-]+:", reference("setting")}}},
            {"propertyNames", {{"anyOf", Json::array({reference("slug"), reference("alias")})}}},
            {"additionalProperties", false}};
  }
  if (key == "ignore") {
    return {{"type", "array"},
            {"maxItems", limits::kConfigurationEntries},
            {"items", reference("ignore")}};
  }
  if (key == "fail-on") return {{"enum", {"critical", "high", "medium", "low", "info", "none"}}};
  if (key == "severity") return one_or_list(reference("severity"), false);
  if (key == "targets") return one_or_list(text(), false);
  if (key == "exclude") return one_or_list(reference("path"), true);
  if (key == "trusted-registries") return one_or_list(text(), true);
  if (key == "label-schema") {
    return {{"type", "object"}, {"additionalProperties", {{"enum", kLabelTypes}}}};
  }
  if (key == "fix") {
    Json properties = Json::object();
    for (const check::FixValueName& value : check::fix_value_names()) {
      properties[std::string(value.name)] = {{"type", {"string", "number"}},
                                             {"description", value.title}};
    }
    return {
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  }
  return reference("switch");  // strict-labels
}

Json shape_of_ignore_key(std::string_view key) {
  if (key == "rule") {
    return one_or_list({{"anyOf", Json::array({reference("slug"), reference("alias")})}}, false);
  }
  if (key == "vulnerability" || key == "package") return one_or_list(text(), false);
  if (key == "path") return one_or_list(reference("path"), false);
  if (key == "subject") {
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", limits::kPathPatternBytes}};
  }
  if (key == "reason") return {{"type", "string"}, {"pattern", "[^ \\t\\r\\n]"}};
  if (key == "until") {
    return {{"type", "string"},
            {"format", "date"},
            {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}};
  }
  return text();  // owner
}

Json ignore() {
  Json properties = Json::object();
  for (const OwnKey& key : kIgnoreKeys) {
    Json shape = shape_of_ignore_key(key.name);
    shape["description"] = key.about;
    properties[std::string(key.name)] = std::move(shape);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", {"reason"}},
          {"oneOf",
           Json::array({{{"required", {"rule"}}, {"properties", {{"package", false}}}},
                        {{"required", {"vulnerability"}}, {"properties", {{"subject", false}}}}})},
          {"additionalProperties", false}};
}

Json setting() {
  return {{"anyOf",
           Json::array({reference("switch"),
                        reference("severity"),
                        {{"type", "object"},
                         {"properties",
                          {{"enabled", reference("switch")}, {"severity", reference("severity")}}},
                         {"additionalProperties", false}}})}};
}

Json aliases() {
  return {{"enum", all_aliases()}};
}

}  // namespace

std::string schema() {
  Json properties = Json::object();
  for (const OwnKey& key : kOwnKeys) {
    // A key without value says nothing.
    properties[std::string(key.name)] = {
        {"description", key.about},
        {"anyOf", Json::array({shape_of(key.name), {{"type", "null"}}})}};
  }
  const Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "plimsoll.yaml"},
                    {"description", "Configuration of plimsoll, at the root of a repository."},
                    {"type", {"object", "null"}},
                    {"properties", std::move(properties)},
                    {"additionalProperties", false},
                    {"$defs",
                     {{"severity", severities()},
                      {"switch", switches()},
                      {"path", path()},
                      {"setting", setting()},
                      {"ignore", ignore()},
                      {"slug", rule_names()},
                      {"alias", aliases()}}}};
  return schema.dump(1) + '\n';
}

}  // namespace plimsoll::config
