#include "check/network_policy.h"

#include "check/manifest.h"

namespace plimsoll::check {
namespace {

using manifest::child;

constexpr std::size_t kMostComparisons = 20'000'000;

std::size_t selector_size(const kubernetes::Object& policy) {
  const Node* const selector = policy.at({"spec", "podSelector"});
  std::size_t size = 1 + manifest::entries(child(selector, "matchLabels")).size();
  for (const Node* expression : manifest::elements(child(selector, "matchExpressions"))) {
    size += 1 + manifest::elements(expression->find("values")).size();
  }
  return size;
}

}  // namespace

bool is_any_network_policy(const kubernetes::Object& object) {
  return object.kind.ends_with("NetworkPolicy");
}

bool is_network_policy(const kubernetes::Object& object) {
  return object.kind == "NetworkPolicy" && manifest::api_group(object) == "networking.k8s.io";
}

bool may_select(const kubernetes::Object& policy, const kubernetes::Pod& pod) {
  const std::string_view ns = pod.object->ns;
  if (policy.ns != ns && !policy.ns.empty() && !ns.empty()) return false;
  const Node* const selector = policy.at({"spec", "podSelector"});
  if (selector == nullptr || !is_network_policy(policy)) return true;
  return manifest::selects(*selector, child(pod.metadata, "labels")).value_or(true);
}

bool can_compare_policies(const kubernetes::Manifests& manifests) {
  std::size_t selectors = 0;
  for (const kubernetes::Object& object : manifests.objects) {
    if (is_any_network_policy(object)) selectors += selector_size(object);
  }
  std::size_t labels = 0;
  for (const kubernetes::Pod& pod : manifests.pods) {
    labels += 1 + manifest::entries(child(pod.metadata, "labels")).size();
  }
  return labels == 0 || selectors <= kMostComparisons / labels;
}

}  // namespace plimsoll::check
