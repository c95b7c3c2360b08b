#include "workload/compose_layers.h"

#include <algorithm>
#include <unordered_map>

namespace plimsoll::compose {
namespace {

constexpr std::string_view kReset = "!reset";
constexpr std::string_view kOverride = "!override";

/// What a tag hides: everything weaker when it stands in the service itself; when it stands in a
/// base of `extends`, only what that base extends in turn.
bool hides(const Layer& tagged, const Layer& weaker) {
  return !tagged.base || weaker.rank == tagged.rank;
}

std::vector<Layer> without_hidden(std::vector<Layer> layers) {
  const auto is_tagged = [](const Layer& layer) {
    return layer.node->tag == kReset || layer.node->tag == kOverride;
  };
  if (std::none_of(layers.begin(), layers.end(), is_tagged)) return layers;
  std::vector<Layer> kept;
  const Layer* hiding = nullptr;
  for (const Layer& layer : layers) {
    if (hiding != nullptr && hides(*hiding, layer)) continue;
    if (is_tagged(layer)) hiding = &layer;
    if (layer.node->tag != kReset) kept.push_back(layer);
  }
  return kept;
}

}  // namespace

Place Layer::place() const {
  return node->is_null() && key != nullptr ? key_place() : Place{scope->file, node->span};
}

Place Layer::key_place() const {
  return {scope->file, key != nullptr ? key->span : node->span};
}

Layer child(const Layer& parent, const Node::Entry& entry) {
  Layer layer = parent;
  layer.key = entry.key;
  layer.node = entry.value;
  // An alias points back to bytes before its key; a value of its own follows it.
  layer.inherited |= entry.merged || entry.value->span.begin < entry.key->span.begin;
  return layer;
}

Layer child(const Layer& parent, const Node& element) {
  Layer layer = parent;
  layer.key = nullptr;
  layer.node = &element;
  layer.inherited |= !parent.node->span.contains(element.span);
  return layer;
}

Setting::Setting(std::vector<Layer> layers) : layers_(without_hidden(std::move(layers))) {}

Setting Setting::at(std::string_view key) const {
  std::vector<Layer> found;
  for (const Layer& layer : layers_) {
    if (const Node::Entry* entry = layer.node->find_entry(key)) {
      found.push_back(child(layer, *entry));
    }
  }
  return Setting(std::move(found));
}

Setting Setting::at(std::initializer_list<std::string_view> keys) const {
  Setting setting = *this;
  for (const std::string_view key : keys) setting = setting.at(key);
  return setting;
}

const Layer* Setting::strongest() const& {
  for (const Layer& layer : layers_) {
    if (!layer.node->is_null()) return &layer;
  }
  return nullptr;
}

const Layer* Setting::mapping() const& {
  for (const Layer& layer : layers_) {
    if (layer.node->is_mapping()) return &layer;
  }
  return nullptr;
}

std::vector<Member> members(const Setting& setting) {
  struct Say {
    std::string_view name;
    std::vector<Layer> layers;  // weakest first
    const Layer* last = nullptr;
  };
  std::vector<Say> found;
  std::unordered_map<std::string_view, std::size_t> index;
  const std::vector<Layer>& layers = setting.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    for (const Node::Entry& entry : layer->node->entries) {
      if (!entry.key->is_scalar()) continue;
      const auto [at, is_new] = index.try_emplace(entry.key->text, found.size());
      if (is_new) found.push_back({entry.key->text, {}, nullptr});
      Say& say = found[at->second];
      const bool repeated = say.last == &*layer;
      if (repeated && entry.merged) continue;
      if (repeated) say.layers.pop_back();  // of a key written twice the last one counts
      say.layers.push_back(child(*layer, entry));
      say.last = &*layer;
    }
  }
  std::vector<Member> united;
  united.reserve(found.size());
  for (Say& say : found) {
    std::reverse(say.layers.begin(), say.layers.end());
    Setting one(std::move(say.layers));
    if (one.exists()) united.push_back({say.name, std::move(one)});
  }
  return united;
}

std::vector<Layer> elements(const Setting& setting) {
  std::vector<Layer> appended;
  const std::vector<Layer>& layers = setting.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (layer->node->is_scalar()) appended.push_back(*layer);
    for (const Node* item : layer->node->items) {
      if (item->tag != kReset) appended.push_back(child(*layer, *item));
    }
  }
  return appended;
}

std::size_t weight(const Setting& setting) {
  std::size_t entries = 0;
  for (const Layer& layer : setting.layers()) {
    entries += layer.node->entries.size() + layer.node->items.size();
  }
  return entries;
}

}  // namespace plimsoll::compose
