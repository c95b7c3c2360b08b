#include "image/image_config.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

using Json = nlohmann::json;

const Json& member(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found == json.end() ? kNone : *found;
}

std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const Json& list) {
  std::vector<std::string> texts;
  if (list.is_string()) return {list.get<std::string>()};
  if (!list.is_array()) return texts;
  for (const Json& each : list) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  if (!object.is_object()) return keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

/// `text` without `prefix`; false when it does not begin so.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Build arguments are written before a command: "|2 A=1 B=2 /bin/sh -c x".
void skip_arguments(std::string_view& text) {
  if (!text.starts_with('|')) return;
  const std::size_t shell = text.find("/bin/sh -c ");
  if (shell != std::string_view::npos) text.remove_prefix(shell);
}

}  // namespace

ImageConfig parse_image_config(std::string_view json) {
  ImageConfig config;
  const Json root = Json::parse(json, nullptr, false);
  if (root.is_discarded()) return config;
  const Json& run = member(root, "config");
  config.created = text_of(member(root, "created"));
  config.user = text_of(member(run, "User"));
  config.environment = texts_of(member(run, "Env"));
  config.entrypoint = texts_of(member(run, "Entrypoint"));
  config.command = texts_of(member(run, "Cmd"));
  config.ports = keys_of(member(run, "ExposedPorts"));
  config.volumes = keys_of(member(run, "Volumes"));
  config.folder = text_of(member(run, "WorkingDir"));
  const Json& labels = member(run, "Labels");
  for (const std::string& key : keys_of(labels)) config.labels[key] = text_of(labels[key]);
  const Json& health = member(run, "Healthcheck");
  if (health.is_object()) config.healthcheck = texts_of(member(health, "Test"));
  const Json& history = member(root, "history");
  if (!history.is_array()) return config;
  for (const Json& each : history) {
    config.history.push_back({.instruction = text_of(member(each, "created_by")),
                              .makes_layer = member(each, "empty_layer") != true});
  }
  return config;
}

std::string dockerfile_instruction(std::string_view created_by) {
  std::string_view text = ascii::trim(created_by);
  constexpr std::string_view kBuildkit = "# buildkit";
  if (text.ends_with(kBuildkit)) {
    text.remove_suffix(kBuildkit.size());
    text = ascii::trim(text);
  }
  const bool says_run = take(text, "RUN ");
  skip_arguments(text);
  if (take(text, "/bin/sh -c #(nop) ")) return std::string(ascii::trim(text));
  if (take(text, "/bin/sh -c ") || says_run) return "RUN " + std::string(ascii::trim(text));
  return std::string(text);
}

}  // namespace plimsoll::image
