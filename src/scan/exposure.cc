#include "scan/exposure.h"

#include <algorithm>
#include <vector>

#include "check/runtime_socket.h"
#include "scan/audit.h"
#include "scan/inputs.h"
#include "scan/model.h"

namespace plimsoll::scan {
namespace {

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "[::1]" ||
         address == "localhost";
}

Exposure::Network network_of(const Workload& workload) {
  using Network = Exposure::Network;
  const std::string& mode = workload.network_mode.value;
  if (!workload.network_mode.is_known()) return Network::kUnknown;
  if (mode == "host") return Network::kPublished;
  if (mode == "none") return Network::kNone;
  const bool publishes =
      std::any_of(workload.ports.begin(), workload.ports.end(),
                  [](const Port& port) { return port.published && !is_loopback(port.host_ip); });
  if (publishes || workload.publish_all.value) return Network::kPublished;
  // Those that share another's network are reached by its ports.
  if (mode.find(':') != std::string::npos || workload.is_kubernetes()) return Network::kUnknown;
  return Network::kInternal;
}

bool reaches_host(const Workload& workload) {
  if (workload.privileged.value || workload.pid_mode.value == "host") return true;
  for (const char* capability : {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"}) {
    if (workload.cap_add.find(capability) != nullptr) return true;
  }
  return std::any_of(workload.mounts.begin(), workload.mounts.end(), [](const Mount& mount) {
    if (mount.type != Mount::Type::kBind) return false;
    return mount.source == "/" || !check::engine_of_socket(mount.source).empty();
  });
}

bool is_named(const Workload& workload, std::string_view name) {
  return name.empty() || workload.name == name || workload.id == name ||
         workload.id.substr(workload.id.find('#') + 1) == name;
}

}  // namespace

Exposure exposure_of(const Workload& workload) {
  return {
      .network = network_of(workload), .reaches_host = reaches_host(workload), .from = workload.id};
}

Result<Exposure> find_exposure(const FileSystem& files, const std::string& target) {
  const std::size_t mark = target.find('#');
  const std::string path = target.substr(0, mark);
  const std::string name = mark == std::string::npos ? std::string() : target.substr(mark + 1);
  AuditOptions options;
  options.targets = {path};
  Inputs inputs(files, options);
  inputs.load();
  const Model model = read_model(inputs);
  std::vector<const Workload*> found;
  std::string all;
  for (const Workload* workload : model.workloads) {
    if (!workload->is_container()) continue;
    all += (all.empty() ? "" : ", ") + workload->id.substr(workload->id.find('#') + 1);
    if (is_named(*workload, name)) found.push_back(workload);
  }
  if (found.size() == 1) return exposure_of(*found.front());
  if (all.empty()) return fail(ErrorCode::kNotFound, "describes no container", path);
  if (found.empty()) {
    return fail(ErrorCode::kNotFound, "describes no container '" + name + "', but " + all, path);
  }
  return fail(ErrorCode::kUsage,
              "describes several containers: name one of them after a '#': " + all, path);
}

}  // namespace plimsoll::scan
