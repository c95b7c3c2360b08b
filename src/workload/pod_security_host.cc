#include "workload/pod_security_judge.h"

namespace plimsoll::kubernetes {
namespace {

constexpr auto kBaseline = SecurityProfile::kBaseline;
constexpr auto kRestricted = SecurityProfile::kRestricted;

void host_process(Judge& judge) {
  judge.each_scope([&](const Scope& scope) {
    const Node* windows = child(scope.context, "windowsOptions");
    if (judge.ask(windows, "hostProcess") != Answer::kTrue) return;
    judge.context_gap(kBaseline, scope, "windowsOptions.hostProcess", "must be false", windows,
                      "hostProcess");
  });
}

void host_namespaces(Judge& judge) {
  const Scope& pod = judge.pod_scope();
  for (const std::string_view key : {"hostNetwork", "hostPID", "hostIPC"}) {
    if (judge.ask(pod.node, key) != Answer::kTrue) continue;
    judge.gap(kBaseline, pod.path + '.' + std::string(key), "must be false",
              judge.place(pod, pod.node, key));
  }
}

constexpr std::array<std::string_view, 9> kRestrictedVolumes = {
    "configMap", "csi",   "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
    "projected", "secret"};

bool is_restricted_volume(const Node& volume) {
  bool has_source = false;
  for (const Node::Entry& entry : volume.entries) {
    const std::string_view key = entry.key->str();
    if (key == "name" || entry.value->is_null()) continue;
    if (is_one_of(key, kRestrictedVolumes)) return true;
    has_source = true;
  }
  return !has_source;  // the API server makes it an emptyDir
}

void volumes(Judge& judge) {
  const Scope& pod = judge.pod_scope();
  std::size_t index = 0;
  for (const Node* volume : judge.list(pod.node, "volumes")) {
    const std::size_t position = index++;
    if (judge.is_opaque(volume)) continue;
    const Node* name = child(volume, "name");
    const std::string element = name != nullptr ? shown(name->str()) : std::to_string(position);
    const std::string path = pod.path + ".volumes[" + element + ']';
    Place place{&judge.file(), volume->span};
    if (name != nullptr) place = judge.place(pod, volume, "name");
    if (const Node* host_path = child(volume, "hostPath")) {
      if (present(host_path, "path") != nullptr) place = judge.place(pod, host_path, "path");
      judge.gap(kBaseline, path + ".hostPath", "must not be set", place);
    } else if (!is_restricted_volume(*volume)) {
      judge.gap(kRestricted, path,
                "must be a configMap, csi, downwardAPI, emptyDir, ephemeral, image, "
                "persistentVolumeClaim, projected or secret volume",
                place);
    }
  }
}

void host_ports(Judge& judge) {
  for (const Scope& container : judge.containers()) {
    std::size_t index = 0;
    for (const Node* port : judge.list(container.node, "ports")) {
      const std::size_t position = index++;
      const auto host_port = judge.text(port, "hostPort");
      if (!host_port || host_port->empty() || *host_port == "0") continue;
      judge.gap(kBaseline, container.path + ".ports[" + std::to_string(position) + "].hostPort",
                "must not be set", judge.place(container, port, "hostPort"));
    }
  }
}

/// Probes and hooks are run from the node, so a host lets a pod reach what it cannot reach itself.
constexpr std::string_view kHandlers[][2] = {{"livenessProbe", ""},
                                             {"readinessProbe", ""},
                                             {"startupProbe", ""},
                                             {"lifecycle", "postStart"},
                                             {"lifecycle", "preStop"}};

void handler_hosts(Judge& judge, const Scope& container, const Node* handler,
                   const std::string& path) {
  for (const std::string_view action : {"httpGet", "tcpSocket"}) {
    const Node* target = child(handler, action);
    const auto host = judge.text(target, "host");
    if (!host || host->empty()) continue;
    judge.gap(kBaseline, path + '.' + std::string(action) + ".host", "must not be set",
              judge.place(container, target, "host"));
  }
}

void probe_hosts(Judge& judge) {
  for (const Scope& container : judge.containers()) {
    for (const auto& [key, hook] : kHandlers) {
      const Node* handler = child(container.node, key);
      std::string path = container.path + '.' + std::string(key);
      if (!hook.empty()) {
        handler = child(handler, hook);
        path.append(".").append(hook);
      }
      handler_hosts(judge, container, handler, path);
    }
  }
}

constexpr std::array<std::string_view, 12> kSafeSysctls = {
    "kernel.shm_rmid_forced",           "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",        "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",     "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",      "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",          "net.ipv4.tcp_wmem",
};

void sysctls(Judge& judge) {
  const Scope& pod = judge.pod_scope();
  for (const Node* sysctl : judge.list(pod.context, "sysctls")) {
    const auto name = judge.text(sysctl, "name");
    if (!name || is_one_of(*name, kSafeSysctls)) continue;
    judge.gap(kBaseline, pod.path + ".securityContext.sysctls[" + shown(*name) + ']',
              "must be one of the safe sysctls", judge.place(pod, sysctl, "name"));
  }
}

}  // namespace

void judge_host_access(Judge& judge) {
  host_process(judge);
  host_namespaces(judge);
  volumes(judge);
  host_ports(judge);
  probe_hosts(judge);
  sysctls(judge);
}

}  // namespace plimsoll::kubernetes
