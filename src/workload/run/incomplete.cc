#include "workload/run/incomplete.h"

namespace plimsoll::run {
namespace {

class Marker {
 public:
  explicit Marker(Place place) : place_(place) {}

  template <class... Values>
  void values(Values&... settings) const {
    (value(settings), ...);
  }
  template <class... Lists>
  void lists(Lists&... settings) const {
    (list(settings), ...);
  }

 private:
  template <class T>
  void value(Value<T>& setting) const {
    if (setting.origin != Origin::kDefault) return;
    setting.origin = Origin::kUnknown;
    setting.place = place_;
  }
  void list(Items& items) const {
    items.origin = Origin::kUnknown;
    if (items.place.file == nullptr) items.place = place_;
  }

  Place place_;
};

}  // namespace

void mark_incomplete(Workload& workload, Place place) {
  const Marker mark(place);
  Workload& w = workload;
  mark.values(w.image, w.pull_policy, w.platform, w.user, w.privileged, w.no_new_privileges,
              w.seccomp, w.apparmor, w.selinux, w.proc_mount, w.network_mode, w.pid_mode,
              w.ipc_mode, w.uts_mode, w.userns_mode, w.cgroup_mode, w.cgroup_parent, w.gpu,
              w.read_only, w.restart, w.init, w.oom_kill_disable, w.oom_score_adj, w.stop_signal,
              w.healthcheck, w.publish_all, w.logging, w.detached, w.removed);
  mark.values(w.resources.memory_limit, w.resources.memory_request, w.resources.cpu_limit,
              w.resources.cpu_request, w.resources.pids_limit);
  mark.lists(w.group_add, w.cap_add, w.cap_drop, w.security_options, w.sysctls, w.volumes_from,
             w.devices, w.device_cgroup_rules, w.extra_hosts, w.links, w.networks, w.env_files,
             w.secrets, w.labels);
}

}  // namespace plimsoll::run
