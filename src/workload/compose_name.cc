#include <array>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/path.h"
#include "workload/compose.h"

namespace plimsoll::compose {
namespace {

bool is_separator(char c) {
  return c == '.' || c == '-' || c == '_';
}

/// "compose" as a word of its own: compose, docker-compose.dev, app.compose, my_compose-test.
bool has_compose_word(std::string_view stem) {
  constexpr std::string_view kWord = "compose";
  for (std::size_t at = stem.find(kWord); at != std::string_view::npos;
       at = stem.find(kWord, at + 1)) {
    const std::size_t end = at + kWord.size();
    const bool begins = at == 0 || is_separator(stem[at - 1]);
    const bool ends = end == stem.size() || is_separator(stem[end]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

bool is_compose_name(std::string_view file_name) {
  const std::string name = ascii::lower(path::name(file_name));
  for (const std::string_view extension : {".yaml", ".yml"}) {
    if (!name.ends_with(extension)) continue;
    return has_compose_word(std::string_view(name).substr(0, name.size() - extension.size()));
  }
  return false;
}

bool looks_like_compose(const Node& root) {
  constexpr std::array<std::string_view, 20> kAttributes = {
      "image",   "build",  "extends",     "provider", "container_name", "command",  "entrypoint",
      "ports",   "expose", "environment", "env_file", "volumes",        "networks", "depends_on",
      "restart", "deploy", "labels",      "logging",  "healthcheck",    "profiles"};
  const Node* const services = root.find("services");
  if (services == nullptr || services->entries.empty()) return false;
  if (root.find("apiVersion") != nullptr) return false;
  bool has_attribute = false;
  for (const Node::Entry& entry : services->entries) {
    if (entry.value->is_null()) continue;
    if (!entry.value->is_mapping()) return false;
    for (const std::string_view attribute : kAttributes) {
      has_attribute = has_attribute || entry.value->find(attribute) != nullptr;
    }
  }
  return has_attribute;
}

}  // namespace plimsoll::compose
