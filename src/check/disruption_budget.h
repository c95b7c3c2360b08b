#pragma once

#include <vector>

#include "check/manifest.h"
#include "check/pod_selection.h"

namespace plimsoll::check {

[[nodiscard]] inline bool is_disruption_budget(const kubernetes::Object& object) {
  return object.kind == "PodDisruptionBudget" && manifest::api_group(object) == "policy";
}

/// Those that select something, in order.
[[nodiscard]] inline std::vector<PodSelector> disruption_budget_selectors(
    const kubernetes::Manifests& manifests) {
  std::vector<PodSelector> selectors;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!is_disruption_budget(object)) continue;
    const Node* const selector = object.at({"spec", "selector"});
    if (selector != nullptr) selectors.push_back({.object = &object, .node = selector});
  }
  return selectors;
}

}  // namespace plimsoll::check
