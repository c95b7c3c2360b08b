#include "scan/leave_out.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::scan {
namespace {

/// What it costs at most to hold a path against every exclusion, for each byte of the path.
std::size_t steps_per_byte(const config::Configuration& configuration) {
  std::size_t steps = 0;
  for (const config::Exclusion& exclusion : configuration.exclude) {
    steps += 1 + exclusion.pattern.text().size() / 8;
  }
  return steps;
}

/// Folders that the user named although they are excluded.
std::vector<std::string_view> wanted_roots(const config::Configuration& configuration,
                                           const Discovery& discovery) {
  std::vector<std::string_view> roots;
  for (const std::string& root : discovery.roots) {
    if (configuration.exclusion_of(root) != nullptr) roots.push_back(root);
  }
  return roots;
}

}  // namespace

std::vector<LeftOut> leave_out(const config::Configuration& configuration, Discovery& discovery) {
  if (configuration.exclude.empty()) return {};
  const std::size_t per_byte = steps_per_byte(configuration);
  const std::vector<std::string_view> wanted = wanted_roots(configuration, discovery);
  const auto is_wanted = [&wanted](const Candidate& candidate) {
    return candidate.explicit_target ||
           std::any_of(wanted.begin(), wanted.end(), [&candidate](std::string_view root) {
             return path::is_within(candidate.path, root);
           });
  };
  std::size_t steps_left = limits::kExclusionSteps;
  bool exhausted = false;
  std::unordered_map<const config::Exclusion*, std::size_t> files;
  const auto is_excluded = [&](const Candidate& candidate, bool counts) {
    if (exhausted || is_wanted(candidate)) return false;
    const std::size_t steps = candidate.path.size() * per_byte;
    exhausted = steps > steps_left;
    if (exhausted) return false;
    steps_left -= steps;
    const config::Exclusion* const exclusion = configuration.exclusion_of(candidate.path);
    if (exclusion != nullptr && counts) ++files[exclusion];
    return exclusion != nullptr;
  };
  std::erase_if(discovery.candidates,
                [&](const Candidate& candidate) { return is_excluded(candidate, true); });
  // What has another use as well was counted with the others.
  std::erase_if(discovery.lock_files, [&](const Candidate& candidate) {
    return is_excluded(candidate, candidate.kind == FileKind::kNothing);
  });
  if (exhausted) {
    discovery.incomplete.push_back({"limit", "", "exclusions of the configuration",
                                    std::to_string(limits::kExclusionSteps), false});
  }
  std::vector<LeftOut> left_out;
  for (const config::Exclusion& exclusion : configuration.exclude) {
    const auto found = files.find(&exclusion);
    if (found == files.end()) continue;
    left_out.push_back({exclusion.from, exclusion.pattern.text(), found->second});
  }
  return left_out;
}

}  // namespace plimsoll::scan
