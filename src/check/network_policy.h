#pragma once

#include "workload/kubernetes.h"

/// NetworkPolicies, and which pods they may take.
namespace plimsoll::check {

/// networking.k8s.io's own kind.
[[nodiscard]] bool is_network_policy(const kubernetes::Object& object);
/// That, or one of Cilium's, Calico's, ….
[[nodiscard]] bool is_any_network_policy(const kubernetes::Object& object);

/// False only when it is certain that `policy` does not select `pod`: a namespace that is not
/// written may be any, and the selectors of others' policies are not read.
[[nodiscard]] bool may_select(const kubernetes::Object& policy, const kubernetes::Pod& pod);

/// Whether every policy can be compared with every pod in reasonable time. There may be thousands
/// of each, with thousands of labels.
[[nodiscard]] bool can_compare_policies(const kubernetes::Manifests& manifests);

}  // namespace plimsoll::check
