#include "check/network_policy.h"

#include "check/manifest.h"
#include "check/object_names.h"

namespace plimsoll::check {

bool is_any_network_policy(const kubernetes::Object& object) {
  return object.kind.ends_with("NetworkPolicy");
}

bool is_network_policy(const kubernetes::Object& object) {
  return object.kind == "NetworkPolicy" && manifest::api_group(object) == "networking.k8s.io";
}

std::vector<PodSelector> network_policy_selectors(const kubernetes::Manifests& manifests) {
  std::vector<PodSelector> selectors;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!is_network_policy(object)) continue;
    const Node* const selector = object.at({"spec", "podSelector"});
    if (selector != nullptr) selectors.push_back({.object = &object, .node = selector});
  }
  return selectors;
}

bool may_select(const kubernetes::Object& policy, const kubernetes::Pod& pod) {
  const Node* const selector = policy.at({"spec", "podSelector"});
  if (selector == nullptr || !is_network_policy(policy)) {
    return may_share_namespace(policy.ns, pod.object->ns);
  }
  return selects({.object = &policy, .node = selector}, pod) != Selection::kNo;
}

}  // namespace plimsoll::check
