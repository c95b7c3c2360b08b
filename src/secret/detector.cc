#include "secret/detector.h"

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

bool names(std::string_view alias, std::string_view name) {
  if (alias == name) return true;
  const std::size_t colon = alias.find(':');
  return colon != std::string_view::npos && alias.substr(colon + 1) == name;
}

bool has_alias(std::string_view aliases, std::string_view name) {
  while (!aliases.empty()) {
    const std::size_t end = std::min(aliases.find(' '), aliases.size());
    if (names(aliases.substr(0, end), name)) return true;
    aliases.remove_prefix(std::min(end + 1, aliases.size()));
  }
  return false;
}

}  // namespace

const std::vector<const Detector*>& all_detectors() {
  static const std::vector<const Detector*> kDetectors = [] {
    std::vector<const Detector*> all;
    for (const Family* family : all_families()) {
      for (const Detector& detector : family->detectors) all.push_back(&detector);
    }
    return all;
  }();
  return kDetectors;
}

std::vector<const Detector*> find_detectors(std::string_view name) {
  std::vector<const Detector*> found;
  for (const Detector* detector : all_detectors()) {
    if (detector->id == name || has_alias(detector->aliases, name)) found.push_back(detector);
  }
  return found;
}

}  // namespace plimsoll::secret
