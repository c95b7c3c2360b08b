#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "fixes/proof.h"
#include "scan/inputs.h"
#include "scan/model.h"

namespace plimsoll::fixes {
namespace {

std::string text(const std::string& value) {
  return value;
}
std::string text(bool value) {
  return value ? "true" : "false";
}
std::string text(std::int64_t value) {
  return std::to_string(value);
}
std::string text(const std::optional<bool>& value) {
  return value ? text(*value) : "unset";
}

std::string text(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + '\n';
  return out;
}

std::string text(const Probe& probe) {
  return (probe.disabled ? "off" : "") + text(probe.test) +
         (probe.node != nullptr && probe.test.empty() ? dump(*probe.node) : "");
}

std::string text(const Logging& logging) {
  return logging.driver + (logging.has_max_size ? " size" : "") +
         (logging.has_max_file ? " file" : "");
}

template <class T>
std::string text(const Value<T>& value) {
  return value.origin == Origin::kUnknown ? "?" : text(value.value);
}

std::string text(const Items& items) {
  std::vector<std::string> values;
  for (const Item& item : items.items) values.push_back(item.value);
  std::sort(values.begin(), values.end());
  std::string out;
  for (const std::string& value : values) out += value + '\n';
  return out;
}

std::string text(const std::vector<Mount>& mounts) {
  std::vector<std::string> lines;
  for (const Mount& mount : mounts) {
    lines.push_back(mount.source + '>' + mount.target + (mount.read_only ? " ro " : " rw ") +
                    mount.options + mount.propagation);
  }
  std::sort(lines.begin(), lines.end());
  return text(lines);
}

std::string ports_of(const Workload& workload) {
  std::string out;
  for (const Port& port : workload.ports) {
    out += port.host_ip + ':' + port.host_port + ':' + port.container_port + '/' + port.protocol +
           '\n';
  }
  return out;
}

std::string environment_of(const Workload& workload) {
  std::string out;
  for (const EnvironmentVariable& variable : workload.environment) {
    out += variable.name + '=' + variable.value + '\n';
  }
  return out;
}

std::string dependencies_of(const Workload& workload) {
  std::string out;
  for (const Dependency& dependency : workload.depends_on) {
    out += dependency.service + ' ' + dependency.condition + '\n';
  }
  return out;
}

}  // namespace

std::map<std::string, std::string> settings_of(const FileSystem& files,
                                               const scan::AuditOptions& options) {
  scan::Inputs inputs(files, options);
  inputs.load();
  const scan::Model model = scan::read_model(inputs);
  std::map<std::string, std::string> settings;
  for (const Workload* each : model.workloads) {
    const Workload& workload = *each;
    const auto put = [&](const char* name, std::string value) {
      settings[workload.id + ' ' + name] = std::move(value);
    };
    put("image", text(workload.image));
    put("pull_policy", text(workload.pull_policy));
    put("user", text(workload.user));
    put("run_as_non_root", text(workload.run_as_non_root));
    put("group_add", text(workload.group_add));
    put("privileged", text(workload.privileged));
    put("cap_add", text(workload.cap_add));
    put("cap_drop", text(workload.cap_drop));
    put("no_new_privileges", text(workload.no_new_privileges));
    put("seccomp", text(workload.seccomp));
    put("apparmor", text(workload.apparmor));
    put("selinux", text(workload.selinux));
    put("proc_mount", text(workload.proc_mount));
    put("sysctls", text(workload.sysctls));
    put("network_mode", text(workload.network_mode));
    put("pid_mode", text(workload.pid_mode));
    put("ipc_mode", text(workload.ipc_mode));
    put("uts_mode", text(workload.uts_mode));
    put("userns_mode", text(workload.userns_mode));
    put("cgroup_mode", text(workload.cgroup_mode));
    put("mounts", text(workload.mounts));
    put("devices", text(workload.devices));
    put("extra_hosts", text(workload.extra_hosts));
    put("read_only", text(workload.read_only));
    put("tmpfs", text(workload.tmpfs));
    put("memory_limit", text(workload.resources.memory_limit));
    put("memory_request", text(workload.resources.memory_request));
    put("cpu_limit", text(workload.resources.cpu_limit));
    put("cpu_request", text(workload.resources.cpu_request));
    put("pids_limit", text(workload.resources.pids_limit));
    put("restart", text(workload.restart));
    put("init", text(workload.init));
    put("healthcheck", text(workload.healthcheck));
    put("liveness", text(workload.liveness));
    put("readiness", text(workload.readiness));
    put("ports", ports_of(workload));
    put("networks", text(workload.networks));
    put("environment", environment_of(workload));
    put("secrets", text(workload.secrets));
    put("depends_on", dependencies_of(workload));
    put("logging", text(workload.logging));
    put("labels", text(workload.labels));
    put("command", text(workload.command));
    put("entrypoint", text(workload.entrypoint));
    if (workload.pod != nullptr) put("token", text(workload.pod->automount_token));
  }
  return settings;
}

}  // namespace plimsoll::fixes
