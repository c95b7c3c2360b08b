#pragma once

#include <vector>

#include "check/pod_selection.h"
#include "workload/kubernetes.h"

/// NetworkPolicies, and which pods they may take.
namespace plimsoll::check {

/// networking.k8s.io's own kind.
[[nodiscard]] bool is_network_policy(const kubernetes::Object& object);
/// That, or one of Cilium's, Calico's, ….
[[nodiscard]] bool is_any_network_policy(const kubernetes::Object& object);

/// podSelector of networking.k8s.io's policies, in order; those without one are left out.
[[nodiscard]] std::vector<PodSelector> network_policy_selectors(
    const kubernetes::Manifests& manifests);

/// False only when it is certain that `policy` does not select `pod`: a namespace that is not
/// written may be any, and the selectors of others' policies are not read.
[[nodiscard]] bool may_select(const kubernetes::Object& policy, const kubernetes::Pod& pod);

}  // namespace plimsoll::check
