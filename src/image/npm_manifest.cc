#include "image/npm_manifest.h"

#include "core/ascii.h"

namespace plimsoll::image::npm {
namespace {

void add_license(const Node* node, std::vector<std::string>& all) {
  if (node == nullptr) return;
  const Node* named = node;
  if (node->is_mapping()) {
    named = node->find("type");
    if (named == nullptr) named = node->find("name");
  }
  // A number is no licence.
  const bool is_text =
      named != nullptr && !named->str().empty() && !ascii::is_digit(named->str()[0]);
  if (is_text) all.emplace_back(named->str());
}

}  // namespace

std::vector<std::string> licenses(const Node& manifest) {
  std::vector<std::string> all;
  for (const char* key : {"license", "licenses"}) {
    const Node* node = manifest.find(key);
    add_license(node, all);
    if (node == nullptr) continue;
    for (const Node* item : node->items) add_license(item, all);
  }
  return all;
}

std::pair<std::string_view, std::string_view> split_at(std::string_view spec) {
  const std::size_t at = spec.find('@', 1);
  if (at == std::string_view::npos) return {spec, {}};
  return {spec.substr(0, at), spec.substr(at + 1)};
}

bool is_version(std::string_view text) {
  if (text.empty() || !ascii::is_digit(text[0])) return false;
  for (const char c : text) {
    if (!ascii::is_alnum(c) && c != '.' && c != '-' && c != '+' && c != '_') return false;
  }
  return ascii::contains(text, ".");
}

}  // namespace plimsoll::image::npm
