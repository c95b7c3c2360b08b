#include "image/image_secrets.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace plimsoll::image {
namespace {

using Place = ImageSecret::Place;

/// Which layer hides a file of another: by layer and path in it.
std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> hiding(
    const Inventory& inventory) {
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> hidden;
  for (const HiddenFile& each : inventory.tree.hidden()) {
    hidden[{each.file.layer, inventory.tree.entry(each.file).path}] = each.by;
  }
  return hidden;
}

void add_files(const Inventory& inventory, std::vector<ImageSecret>& secrets) {
  const auto hidden = hiding(inventory);
  // What tells a secret from others: nothing of its value but where it stands.
  using Key = std::tuple<std::string_view, std::string_view, std::uint64_t, std::string_view>;
  std::map<Key, std::size_t> known;
  for (std::size_t layer = 0; layer < inventory.layers.size(); ++layer) {
    for (const FoundSecret& found : inventory.layers[layer].secrets) {
      const auto by = hidden.find({static_cast<std::uint32_t>(layer), found.path});
      const auto hidden_by =
          by == hidden.end() ? std::nullopt : std::optional<std::size_t>(by->second);
      const Key key(found.path, found.detector, found.begin, found.shown);
      const auto [slot, fresh] = known.try_emplace(key, secrets.size());
      if (fresh) {
        secrets.push_back({.secret = found, .layer = layer, .hidden_by = hidden_by});
      } else {
        secrets[slot->second].hidden_by = hidden_by;  // the upper one says whether it is seen
      }
    }
  }
}

void add_text(const secret::DetectorSet& detectors, Place place, const std::string& name,
              std::string_view text, std::size_t step, std::vector<ImageSecret>& secrets) {
  for (const secret::Hit& hit : secret::scan_text(detectors, {}, text).hits) {
    secrets.push_back({.secret = found_secret(name, hit), .place = place, .layer = step});
  }
}

}  // namespace

std::vector<ImageSecret> image_secrets(const Inventory& inventory, const Analysers& analysers) {
  std::vector<ImageSecret> secrets;
  const secret::DetectorSet* const detectors = analysers.detectors();
  if (detectors == nullptr) return secrets;
  add_files(inventory, secrets);
  const ImageConfig& config = inventory.config;
  for (const std::string& variable : config.environment) {
    add_text(*detectors, Place::kEnvironment, variable.substr(0, variable.find('=')), variable, 0,
             secrets);
  }
  for (const auto& [name, value] : config.labels) {
    add_text(*detectors, Place::kLabel, name, name + '=' + value, 0, secrets);
  }
  for (std::size_t i = 0; i < config.history.size(); ++i) {
    const std::string instruction = dockerfile_instruction(config.history[i].instruction);
    // What ENV sets is told of the variable.
    if (instruction.starts_with("ENV ")) continue;
    add_text(*detectors, Place::kHistory, instruction.substr(0, instruction.find(' ')), instruction,
             i, secrets);
  }
  std::stable_sort(secrets.begin(), secrets.end(), [](const ImageSecret& a, const ImageSecret& b) {
    return std::tie(a.place, a.secret.path, a.secret.begin) <
           std::tie(b.place, b.secret.path, b.secret.begin);
  });
  return secrets;
}

}  // namespace plimsoll::image
