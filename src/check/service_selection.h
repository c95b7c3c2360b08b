#pragma once

#include <vector>

#include "check/manifest.h"
#include "check/object_names.h"
#include "check/pod_selection.h"

namespace plimsoll::check {

/// The core group's, not Knative's.
[[nodiscard]] inline bool is_service(const kubernetes::Object& object) {
  return object.kind == "Service" && object.api_version == "v1";
}

/// Of the Services that look for pods at all, in order. Those without a selector are given their
/// endpoints by somebody else.
[[nodiscard]] inline std::vector<PodSelector> service_selectors(
    const kubernetes::Manifests& manifests) {
  std::vector<PodSelector> selectors;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!is_service(object)) continue;
    const Node* const type = object.at({"spec", "type"});
    if (type != nullptr && type->str() == "ExternalName") continue;
    const Node* const selector = object.at({"spec", "selector"});
    if (manifest::entries(selector).empty()) continue;
    selectors.push_back({.object = &object, .node = selector, .plain = true});
  }
  return selectors;
}

}  // namespace plimsoll::check
