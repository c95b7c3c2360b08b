#include "base/detect.h"

#include <algorithm>

namespace plimsoll::base {
namespace {

bool is_prefix(const Entry& entry, const ImageSummary& image) {
  return !entry.layers.empty() && entry.layers.size() <= image.layers.size() &&
         std::equal(entry.layers.begin(), entry.layers.end(), image.layers.begin(),
                    [](const std::string& id, const ImageSummary::Layer& layer) {
                      return id == layer.diff_id;
                    });
}

bool has_name(const Entry& entry, std::string_view name) {
  return std::any_of(entry.names.begin(), entry.names.end(),
                     [name](const std::string& each) { return familiar(each) == name; });
}

/// Whether `a` says better than `b` what the image is built on.
bool is_better(const Entry& a, const Entry& b, std::string_view label) {
  if (a.layers.size() != b.layers.size()) return a.layers.size() > b.layers.size();
  if (has_name(a, label) != has_name(b, label)) return has_name(a, label);
  if (a.created != b.created) return a.created > b.created;
  return a.turn > b.turn;
}

}  // namespace

const Entry* detect_base(const Index& index, std::string_view id, ImageSummary& image) {
  const std::string label =
      image.base && !image.base->name.empty() ? familiar(image.base->name) : std::string();
  const Entry* best = nullptr;
  for (const Entry& entry : index.entries()) {
    if (entry.id == id || !is_prefix(entry, image)) continue;
    if (best == nullptr || is_better(entry, *best, label)) best = &entry;
  }
  if (best == nullptr) return nullptr;
  const std::string name = has_name(*best, label) ? label : familiar(best->names.front());
  image.base = ImageSummary::Base{
      .name = name, .digest = best->digest, .layers = best->layers.size(), .evidence = "layers"};
  return best;
}

}  // namespace plimsoll::base
