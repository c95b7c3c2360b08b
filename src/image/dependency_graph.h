#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace plimsoll::image {

/// Which locked packages some others need. Locks that do not mark what is only for developing are
/// asked this way.
class DependencyGraph {
 public:
  void add(std::string_view user, std::string_view needed) {
    needs_[std::string(user)].emplace_back(needed);
  }

  /// The roots and all they need, however far. Cycles are fine.
  [[nodiscard]] std::unordered_set<std::string> reachable(std::vector<std::string> roots) const {
    std::unordered_set<std::string> seen;
    while (!roots.empty()) {
      std::string next = std::move(roots.back());
      roots.pop_back();
      const auto [place, is_new] = seen.insert(std::move(next));
      if (!is_new) continue;
      const auto found = needs_.find(*place);
      if (found == needs_.end()) continue;
      roots.insert(roots.end(), found->second.begin(), found->second.end());
    }
    return seen;
  }

 private:
  std::unordered_map<std::string, std::vector<std::string>> needs_;
};

/// What only the roots for developing lead to.
class DevelopmentOnly {
 public:
  DevelopmentOnly(const DependencyGraph& graph, std::vector<std::string> used,
                  std::vector<std::string> developing)
      : used_(graph.reachable(std::move(used))),
        developing_(graph.reachable(std::move(developing))) {}

  [[nodiscard]] bool contains(std::string_view package) const {
    const std::string key(package);
    return developing_.contains(key) && !used_.contains(key);
  }

 private:
  std::unordered_set<std::string> used_;
  std::unordered_set<std::string> developing_;
};

}  // namespace plimsoll::image
