#pragma once

#include <string_view>

#include "core/severity.h"
#include "workload/workload.h"

/// What Linux capabilities are worth to somebody who breaks in.
namespace plimsoll::check {

struct DangerousCapability {
  std::string_view name;  ///< without "CAP_"
  Severity severity;
  std::string_view gives;  ///< "it can …"
};

/// Null for those that stay inside the container. `name` as in Workload::cap_add.
/// Source: capabilities(7), Linux 6.12.
[[nodiscard]] const DangerousCapability* find_dangerous_capability(std::string_view name);

/// Containers of this form have it unless it is dropped. Kubernetes does not say which engine
/// runs them, so only what all engines grant counts there.
[[nodiscard]] bool is_default_capability(std::string_view name, Form form);

/// Everything is dropped; what is added back is all there is.
[[nodiscard]] inline bool drops_all_capabilities(const Workload& workload) {
  return workload.cap_drop.find("ALL") != nullptr;
}

}  // namespace plimsoll::check
