#pragma once

#include "core/bug.h"
#include "workload/run/workload_dump.h"
#include "workload/workload.h"

namespace plimsoll::run {

/// For fuzz targets: what holds for every workload, whatever the input was.
class InvariantCheck {
 public:
  explicit InvariantCheck(const SourceFile& file) : file_(file) {}

  void operator()(const Workload& w) const {
    if (w.id.empty() || w.kind.empty() || w.file != &file_) PL_BUG("a workload without identity");
    if (w.place.file != &file_) PL_BUG("a workload without place");
    places(w.place, w.group_place, w.command_place);
    values(w.image, w.pull_policy, w.platform, w.user, w.privileged, w.no_new_privileges, w.seccomp,
           w.apparmor, w.selinux, w.proc_mount, w.network_mode, w.pid_mode, w.ipc_mode, w.uts_mode,
           w.userns_mode, w.cgroup_mode, w.cgroup_parent, w.gpu, w.read_only, w.restart, w.init,
           w.oom_kill_disable, w.oom_score_adj, w.stop_signal, w.healthcheck, w.publish_all,
           w.logging, w.detached, w.removed, w.resources.memory_limit, w.resources.memory_request,
           w.resources.cpu_limit, w.resources.pids_limit);
    lists(w.group_add, w.cap_add, w.cap_drop, w.security_options, w.sysctls, w.volumes_from,
          w.devices, w.device_cgroup_rules, w.extra_hosts, w.links, w.networks, w.env_files,
          w.secrets, w.labels);
    for (const Mount& mount : w.mounts) place(mount.place);
    for (const Mount& mount : w.tmpfs) place(mount.place);
    for (const Port& port : w.ports) place(port.place);
    for (const EnvironmentVariable& v : w.environment) places(v.place, v.value_place);
    if (dump(w).size() > kMostExpansion + 64 * file_.text().size()) PL_BUG("a workload unfolds");
  }

 private:
  static constexpr std::size_t kMostExpansion = 8U << 20U;

  void place(const Place& place) const {
    if (place.file == nullptr) return;
    if (place.file != &file_) PL_BUG("a place in another file");
    const bool inside =
        place.span.begin <= place.span.end && place.span.end <= place.file->text().size();
    if (!inside) PL_BUG("a place outside of its file");
  }
  template <class... Places>
  void places(const Places&... each) const {
    (place(each), ...);
  }
  template <class... Values>
  void values(const Values&... each) const {
    (value(each), ...);
  }
  template <class T>
  void value(const Value<T>& value) const {
    place(value.place);
    if (value.is_set() && value.place.file == nullptr) PL_BUG("a setting that stands nowhere");
  }
  template <class... Lists>
  void lists(const Lists&... each) const {
    (list(each), ...);
  }
  void list(const Items& items) const {
    place(items.place);
    for (const Item& item : items.items) place(item.place);
    if (!items.items.empty() && items.origin == Origin::kDefault) PL_BUG("a default with entries");
  }

  const SourceFile& file_;
};

}  // namespace plimsoll::run
