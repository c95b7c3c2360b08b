#include "advisory/freshness.h"

#include <algorithm>

namespace plimsoll::advisory {

std::string newest_advisory(const DatabaseStatus& status,
                            const std::vector<std::string>& ecosystems) {
  std::string newest;
  std::string newest_of_all;
  for (const Coverage& each : status.coverage) {
    newest_of_all = std::max(newest_of_all, each.newest);
    const bool is_asked =
        std::find(ecosystems.begin(), ecosystems.end(), each.ecosystem) != ecosystems.end();
    if (is_asked) newest = std::max(newest, each.newest);
  }
  return newest.empty() ? newest_of_all : newest;
}

}  // namespace plimsoll::advisory
