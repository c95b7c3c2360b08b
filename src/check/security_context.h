#pragma once

#include <string_view>

#include "workload/kubernetes.h"
#include "workload/workload.h"

namespace plimsoll::check {

/// A field of a Kubernetes container's securityContext or else of its pod's, as written; null when
/// neither has it or the workload is of another form. For what Workload has no setting for.
[[nodiscard]] inline const Node* security_context_field(const Workload& workload,
                                                        std::string_view key,
                                                        std::string_view inner = {}) {
  if (workload.pod == nullptr) return nullptr;
  for (const Node* owner : {workload.node, workload.pod->spec}) {
    if (owner == nullptr) continue;
    const Node* field = owner->at({"securityContext", key});
    if (field != nullptr && !inner.empty()) field = field->find(inner);
    if (field != nullptr && !field->is_null()) return field;
  }
  return nullptr;
}

/// Linux' users, capabilities and security modules mean nothing to it.
[[nodiscard]] inline bool is_windows(const Workload& workload) {
  return workload.pod != nullptr && workload.pod->windows;
}

}  // namespace plimsoll::check
