#include "workload/workload.h"

#include "core/ascii.h"

namespace plimsoll {

std::string_view to_string(Form form) {
  switch (form) {
    case Form::kCompose: return "compose";
    case Form::kKubernetes: return "kubernetes";
    case Form::kDockerRun: return "docker run";
    case Form::kPodmanRun: return "podman run";
    case Form::kQuadlet: return "quadlet";
    case Form::kInspect: return "inspect";
    case Form::kExec: return "exec";
  }
  return "";
}

const Item* Items::find(std::string_view value) const {
  for (const Item& item : items) {
    if (ascii::iequals(item.value, value)) return &item;
  }
  return nullptr;
}

bool Workload::has(Setting setting) const {
  switch (setting) {
    case Setting::kProbes:
    case Setting::kRequests: return is_kubernetes();
    case Setting::kComposeNetworks: return form == Form::kCompose;
    case Setting::kLogging:
    case Setting::kRestart:
    case Setting::kInit:
    case Setting::kPidsLimit:
    case Setting::kHealthcheck:
    case Setting::kPublishedPorts:
    case Setting::kUserns: return is_engine();
    case Setting::kCpuLimit: return true;
  }
  return true;
}

const EnvironmentVariable* Workload::variable(std::string_view wanted) const {
  for (const EnvironmentVariable& candidate : environment) {
    if (candidate.name == wanted) return &candidate;
  }
  return nullptr;
}

}  // namespace plimsoll
