#include "workload/run/workload_dump.h"

#include <vector>

namespace plimsoll::run {
namespace {

class Dumper {
 public:
  void add(std::string_view text) {
    if (!out_.empty()) out_ += ' ';
    out_ += text;
  }

  void value(std::string_view name, const Value<std::string>& value) {
    if (value.origin != Origin::kDefault) add(named(name, value.origin) + value.value);
  }
  void value(std::string_view name, const Value<bool>& value) {
    if (value.origin == Origin::kUnknown) {
      add(std::string(name) + "=?");
    } else if (value.is_set()) {
      add(std::string(value.value ? "" : "!") + std::string(name));
    }
  }
  void value(std::string_view name, const Value<std::int64_t>& value) {
    if (value.origin == Origin::kUnknown) {
      add(std::string(name) + "=?");
    } else if (value.is_set()) {
      add(std::string(name) + '=' + std::to_string(value.value));
    }
  }

  void list(std::string_view name, const Items& items) {
    if (items.origin == Origin::kDefault && items.items.empty()) return;
    std::string text = named(name, items.origin) + '[';
    for (const Item& item : items.items) {
      if (text.back() != '[') text += ',';
      text += item.value;
    }
    add(text + ']');
  }

  void words(std::string_view name, const std::vector<std::string>& words) {
    if (words.empty()) return;
    std::string text = std::string(name) + "=[";
    for (const std::string& word : words) {
      if (text.back() != '[') text += ',';
      text += word;
    }
    add(text + ']');
  }

  void mount(const Mount& mount) {
    static constexpr std::string_view kTypes[] = {"bind",   "volume", "tmpfs",
                                                  "secret", "config", "other"};
    std::string text = mount.known ? "mount=" : "mount?=";
    text += std::string(kTypes[static_cast<std::size_t>(mount.type)]) + ':' + mount.source + ':' +
            mount.target + (mount.read_only ? ":ro" : "");
    if (!mount.propagation.empty()) text += ':' + mount.propagation;
    if (!mount.options.empty()) text += ':' + mount.options;
    add(text);
  }

  void port(const Port& port) {
    std::string text = port.published ? "port" : "expose";
    text += port.known ? "=" : "?=";
    if (!port.host_ip.empty()) text += port.host_ip + '|';
    if (port.published) text += port.host_port + "->";
    add(text + port.container_port + (port.protocol == "tcp" ? "" : '/' + port.protocol));
  }

  void variable(const EnvironmentVariable& variable) {
    static constexpr std::string_view kSources[] = {"", "default:", "variable:", "host",
                                                    "", "",         ""};
    add("env=" + variable.name + '=' +
        std::string(kSources[static_cast<std::size_t>(variable.source)]) + variable.value);
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  static std::string named(std::string_view name, Origin origin) {
    return std::string(name) + (origin == Origin::kUnknown ? "?=" : "=");
  }

  std::string out_;
};

void dump_health(const Workload& workload, Dumper& dumper) {
  const Value<Probe>& check = workload.healthcheck;
  if (check.origin == Origin::kUnknown) dumper.add("health=?");
  if (check.is_set() && check.value.disabled) dumper.add("!health");
  if (check.is_set() && !check.value.disabled) dumper.words("health", check.value.test);
}

void dump_logging(const Workload& workload, Dumper& dumper) {
  const Value<Logging>& logging = workload.logging;
  if (logging.origin == Origin::kUnknown) dumper.add("log=?");
  if (!logging.is_set()) return;
  dumper.add("log=" + logging.value.driver + (logging.value.has_max_size ? "+size" : "") +
             (logging.value.has_max_file ? "+file" : ""));
}

}  // namespace

std::string dump(const Workload& w) {
  Dumper d;
  d.value("image", w.image);
  if (!w.name.empty()) d.add("name=" + w.name);
  if (w.one_shot) d.add("one-shot");
  d.value("pull", w.pull_policy);
  d.value("platform", w.platform);
  d.value("user", w.user);
  d.list("groups", w.group_add);
  d.value("privileged", w.privileged);
  d.list("cap+", w.cap_add);
  d.list("cap-", w.cap_drop);
  d.value("nnp", w.no_new_privileges);
  d.value("seccomp", w.seccomp);
  d.value("apparmor", w.apparmor);
  d.value("selinux", w.selinux);
  d.value("proc", w.proc_mount);
  d.list("security", w.security_options);
  d.list("sysctl", w.sysctls);
  d.value("net", w.network_mode);
  d.value("pid", w.pid_mode);
  d.value("ipc", w.ipc_mode);
  d.value("uts", w.uts_mode);
  d.value("userns", w.userns_mode);
  d.value("cgroupns", w.cgroup_mode);
  d.value("cgroup-parent", w.cgroup_parent);
  for (const Mount& mount : w.mounts) d.mount(mount);
  for (const Mount& mount : w.tmpfs) d.mount(mount);
  d.list("volumes-from", w.volumes_from);
  d.list("device", w.devices);
  d.list("device-rule", w.device_cgroup_rules);
  d.list("hosts", w.extra_hosts);
  d.list("links", w.links);
  d.value("gpu", w.gpu);
  d.value("read-only", w.read_only);
  d.value("memory", w.resources.memory_limit);
  d.value("memory-request", w.resources.memory_request);
  d.value("cpu", w.resources.cpu_limit);
  d.value("pids", w.resources.pids_limit);
  if (w.resources.ulimits) d.add("ulimits");
  d.value("restart", w.restart);
  d.value("init", w.init);
  d.value("oom-kill-disable", w.oom_kill_disable);
  d.value("oom-score", w.oom_score_adj);
  d.value("stop-signal", w.stop_signal);
  dump_health(w, d);
  for (const Port& port : w.ports) d.port(port);
  d.value("publish-all", w.publish_all);
  d.list("networks", w.networks);
  for (const EnvironmentVariable& variable : w.environment) d.variable(variable);
  d.list("env-file", w.env_files);
  d.list("secrets", w.secrets);
  dump_logging(w, d);
  d.list("labels", w.labels);
  d.words("entrypoint", w.entrypoint);
  d.words("command", w.command);
  return d.take();
}

}  // namespace plimsoll::run
