#include <algorithm>
#include <array>

#include "core/path.h"
#include "workload/run/options.h"
#include "workload/run/values.h"

namespace plimsoll::run {
namespace {

using Takes = Option::Takes;

template <auto kField>
void text(Draft& draft, const Argument& value) {
  draft.workload.*kField = text_value(value);
}

template <auto kField>
void boolean(Draft& draft, const Argument& value) {
  draft.workload.*kField = bool_value(value);
}

template <auto kField>
void item(Draft& draft, const Argument& value) {
  add_item(draft.workload.*kField, value);
}

template <auto kField>
void capabilities(Draft& draft, const Argument& value) {
  add_capabilities(draft.workload.*kField, value);
}

/// 0 and -1 say "no limit", as if nothing were written.
bool is_unlimited(std::string_view amount) {
  return amount == "-1" || (!amount.empty() && amount.find_first_not_of("0.") == amount.npos);
}

template <auto kField>
void limit(Draft& draft, const Argument& value) {
  Value<std::string> read = text_value(value);
  if (is_unlimited(read.value)) read = {};
  draft.workload.resources.*kField = std::move(read);
}

void pids_limit(Draft& draft, const Argument& value) {
  draft.workload.resources.pids_limit = integer_value(value);
}

void ulimit(Draft& draft, const Argument& /*value*/) {
  draft.workload.resources.ulimits = true;
}

void environment(Draft& draft, const Argument& value) {
  draft.workload.environment.push_back(read_variable(value));
}

/// The engine resolves it against the current folder, which for a script in a repository is best
/// guessed as the script's own.
void env_file(Draft& draft, const Argument& value) {
  Items& files = draft.workload.env_files;
  add_item(files, value);
  const SourceFile* file = value.place().file;
  if (file == nullptr || !value.known()) return;
  files.items.back().value = path::join(path::folder(file->path()), value.text());
}

void entrypoint(Draft& draft, const Argument& value) {
  draft.workload.entrypoint = {value.text()};
}

void expose(Draft& draft, const Argument& value) {
  draft.workload.ports.push_back(read_expose(value));
}

void publish(Draft& draft, const Argument& value) {
  draft.workload.ports.push_back(read_publish(value));
}

void volume(Draft& draft, const Argument& value) {
  add_mount(draft.workload, read_volume(value));
}

void mount(Draft& draft, const Argument& value) {
  add_mount(draft.workload, read_mount(value));
}

void tmpfs(Draft& draft, const Argument& value) {
  add_mount(draft.workload, read_tmpfs(value));
}

/// Docker 29: the engine's own socket and the caller's credentials go into the container.
void use_api_socket(Draft& draft, const Argument& value) {
  if (!bool_value(value).value) return;
  Mount socket;
  socket.source = socket.target = "/var/run/docker.sock";
  socket.place = value.place();
  add_mount(draft.workload, std::move(socket));
}

void gpus(Draft& draft, const Argument& value) {
  draft.workload.gpu = {true, Origin::kSet, value.place()};
}

void runtime(Draft& draft, const Argument& value) {
  if (value.text() == "nvidia") gpus(draft, value);
}

void secret(Draft& draft, const Argument& value) {
  add_item(draft.workload.secrets, value.part(0, value.find(',')));
}

void no_healthcheck(Draft& draft, const Argument& value) {
  if (!bool_value(value).value) return;
  draft.workload.healthcheck = {Probe{.disabled = true}, Origin::kSet, value.place()};
}

void health_command(Draft& draft, const Argument& value) {
  apply_health_command(draft.workload, value);
}

void log_driver(Draft& draft, const Argument& value) {
  Value<Logging>& logging = draft.workload.logging;
  logging.value.driver = value.text();
  logging.origin = origin_of(value);
  logging.place = value.place();
}

void log_option(Draft& draft, const Argument& value) {
  apply_log_option(draft.workload, value);
}

void oom_score(Draft& draft, const Argument& value) {
  draft.workload.oom_score_adj = integer_value(value);
}

void security_option(Draft& draft, const Argument& value) {
  apply_security_option(draft.workload, value);
}

void network(Draft& draft, const Argument& value) {
  apply_network(draft.workload, value);
}

void device(Draft& draft, const Argument& value) {
  apply_device(draft.workload, value);
}

/// A user namespace of its own, whatever the mapping.
void id_map(Draft& draft, const Argument& value) {
  Value<std::string>& userns = draft.workload.userns_mode;
  if (userns.origin == Origin::kDefault) userns = {"private", Origin::kSet, value.place()};
}

/// The pod, of which nothing is known, decides about the namespaces its members share.
void pod(Draft& draft, const Argument& value) {
  for (Value<std::string>* mode : {&draft.workload.network_mode, &draft.workload.ipc_mode,
                                   &draft.workload.uts_mode, &draft.workload.pid_mode}) {
    if (mode->origin == Origin::kDefault) *mode = {"", Origin::kUnknown, value.place()};
  }
}

void name(Draft& draft, const Argument& value) {
  draft.workload.name = value.text();
}

void rootfs(Draft& draft, const Argument& value) {
  draft.is_rootfs = bool_value(value).value;
}

// Sorted by name, so that one can be found by halving.
constexpr Option kOptions[] = {
    {"add-host", '\0', Takes::kValue, item<&Workload::extra_hosts>},
    {"annotation"},
    {"arch"},
    {"attach", 'a'},
    {"authfile"},
    {"blkio-weight"},
    {"blkio-weight-device"},
    {"cap-add", '\0', Takes::kValue, capabilities<&Workload::cap_add>},
    {"cap-drop", '\0', Takes::kValue, capabilities<&Workload::cap_drop>},
    {"cert-dir"},
    {"cgroup-conf"},
    {"cgroup-parent", '\0', Takes::kValue, text<&Workload::cgroup_parent>},
    {"cgroupns", '\0', Takes::kValue, text<&Workload::cgroup_mode>},
    {"cgroups"},
    {"chrootdirs"},
    {"cidfile"},
    {"conmon-pidfile"},
    {"cosign-certificate-identity"},
    {"cosign-certificate-identity-regexp"},
    {"cosign-certificate-oidc-issuer"},
    {"cosign-certificate-oidc-issuer-regexp"},
    {"cosign-key"},
    {"cpu-count"},
    {"cpu-percent"},
    {"cpu-period"},
    {"cpu-quota", '\0', Takes::kValue, limit<&Resources::cpu_limit>},
    {"cpu-rt-period"},
    {"cpu-rt-runtime"},
    {"cpu-shares", 'c'},
    {"cpus", '\0', Takes::kValue, limit<&Resources::cpu_limit>},
    {"cpuset-cpus"},
    {"cpuset-mems"},
    {"creds"},
    {"decryption-key"},
    {"detach", 'd', Takes::kNothing, boolean<&Workload::detached>},
    {"detach-keys"},
    {"device", '\0', Takes::kValue, device},
    {"device-cgroup-rule", '\0', Takes::kValue, item<&Workload::device_cgroup_rules>},
    {"device-read-bps"},
    {"device-read-iops"},
    {"device-write-bps"},
    {"device-write-iops"},
    {"disable-content-trust", '\0', Takes::kNothing},
    {"dns"},
    {"dns-opt"},
    {"dns-option"},
    {"dns-search"},
    {"domainname"},
    {"entrypoint", '\0', Takes::kValue, entrypoint},
    {"env", 'e', Takes::kValue, environment},
    {"env-file", '\0', Takes::kValue, env_file},
    {"env-host", '\0', Takes::kNothing},
    {"env-merge"},
    {"expose", '\0', Takes::kValue, expose},
    {"gidmap", '\0', Takes::kValue, id_map},
    {"gpus", '\0', Takes::kValue, gpus},
    {"group-add", '\0', Takes::kValue, item<&Workload::group_add>},
    {"group-entry"},
    {"health-cmd", '\0', Takes::kValue, health_command},
    {"health-interval"},
    {"health-log-destination"},
    {"health-max-log-count"},
    {"health-max-log-size"},
    {"health-on-failure"},
    {"health-retries"},
    {"health-start-interval"},
    {"health-start-period"},
    {"health-startup-cmd"},
    {"health-startup-interval"},
    {"health-startup-retries"},
    {"health-startup-success"},
    {"health-startup-timeout"},
    {"health-timeout"},
    {"help", '\0', Takes::kNothing},
    {"hostname", 'h'},
    {"hosts-file"},
    {"hostuser"},
    {"http-proxy", '\0', Takes::kNothing},
    {"image-volume"},
    {"index"},  // docker compose exec
    {"init", '\0', Takes::kNothing, boolean<&Workload::init>},
    {"init-binary"},
    {"init-ctr"},
    {"init-path"},
    {"interactive", 'i', Takes::kNothing},
    {"io-maxbandwidth"},
    {"io-maxiops"},
    {"ip"},
    {"ip6"},
    {"ipc", '\0', Takes::kValue, text<&Workload::ipc_mode>},
    {"ipfs-address"},
    {"isolation"},
    {"kernel-memory"},
    {"label", 'l', Takes::kValue, item<&Workload::labels>},
    {"label-file"},
    {"link", '\0', Takes::kValue, item<&Workload::links>},
    {"link-local-ip"},
    {"log-driver", '\0', Takes::kValue, log_driver},
    {"log-opt", '\0', Takes::kValue, log_option},
    {"mac-address"},
    {"memory", 'm', Takes::kValue, limit<&Resources::memory_limit>},
    {"memory-reservation", '\0', Takes::kValue, limit<&Resources::memory_request>},
    {"memory-swap"},
    {"memory-swappiness"},
    {"mount", '\0', Takes::kValue, mount},
    {"name", '\0', Takes::kValue, name},
    {"namespace", 'n'},
    {"net", '\0', Takes::kValue, network},
    {"net-alias"},
    {"network", '\0', Takes::kValue, network},
    {"network-alias"},
    {"no-healthcheck", '\0', Takes::kNothing, no_healthcheck},
    {"no-hostname", '\0', Takes::kNothing},
    {"no-hosts", '\0', Takes::kNothing},
    {"no-tty", 'T', Takes::kNothing},  // docker compose exec
    {"oom-kill-disable", '\0', Takes::kNothing, boolean<&Workload::oom_kill_disable>},
    {"oom-score-adj", '\0', Takes::kValue, oom_score},
    {"os"},
    {"passwd", '\0', Takes::kNothing},
    {"passwd-entry"},
    {"personality"},
    {"pid", '\0', Takes::kValue, text<&Workload::pid_mode>},
    {"pidfile"},
    {"pids-limit", '\0', Takes::kValue, pids_limit},
    {"platform", '\0', Takes::kValue, text<&Workload::platform>},
    {"pod", '\0', Takes::kValue, pod},
    {"pod-id-file", '\0', Takes::kValue, pod},
    {"preserve-fd"},
    {"preserve-fds"},
    {"privileged", '\0', Takes::kNothing, boolean<&Workload::privileged>},
    {"publish", 'p', Takes::kValue, publish},
    {"publish-all", 'P', Takes::kNothing, boolean<&Workload::publish_all>},
    {"pull", '\0', Takes::kValue, text<&Workload::pull_policy>},
    {"quiet", 'q', Takes::kNothing},
    {"rdt-class"},
    {"read-only", '\0', Takes::kNothing, boolean<&Workload::read_only>},
    {"read-only-tmpfs", '\0', Takes::kNothing},
    {"replace", '\0', Takes::kNothing},
    {"requires"},
    {"restart", '\0', Takes::kValue, text<&Workload::restart>},
    {"retry"},
    {"retry-delay"},
    {"rm", '\0', Takes::kNothing, boolean<&Workload::removed>},
    {"rmi", '\0', Takes::kNothing},
    {"rootfs", '\0', Takes::kNothing, rootfs},
    {"runtime", '\0', Takes::kValue, runtime},
    {"sdnotify"},
    {"seccomp-policy"},
    {"secret", '\0', Takes::kValue, secret},
    {"security-opt", '\0', Takes::kValue, security_option},
    {"shm-size"},
    {"shm-size-systemd"},
    {"sig-proxy", '\0', Takes::kNothing},
    {"snapshotter"},
    {"stop-signal", '\0', Takes::kValue, text<&Workload::stop_signal>},
    {"stop-timeout"},
    {"storage-opt"},
    {"subgidname", '\0', Takes::kValue, id_map},
    {"subuidname", '\0', Takes::kValue, id_map},
    {"sysctl", '\0', Takes::kValue, item<&Workload::sysctls>},
    {"systemd"},
    {"timeout"},
    {"tls-verify", '\0', Takes::kNothing},
    {"tmpfs", '\0', Takes::kValue, tmpfs},
    {"tty", 't', Takes::kNothing},
    {"tz"},
    {"uidmap", '\0', Takes::kValue, id_map},
    {"ulimit", '\0', Takes::kValue, ulimit},
    {"umask"},
    {"unsetenv"},
    {"unsetenv-all", '\0', Takes::kNothing},
    {"use-api-socket", '\0', Takes::kNothing, use_api_socket},
    {"user", 'u', Takes::kValue, text<&Workload::user>},
    {"userns", '\0', Takes::kValue, text<&Workload::userns_mode>},
    {"uts", '\0', Takes::kValue, text<&Workload::uts_mode>},
    {"variant"},
    {"verify"},
    {"volume", 'v', Takes::kValue, volume},
    {"volume-driver"},
    {"volumes-from", '\0', Takes::kValue, item<&Workload::volumes_from>},
    {"workdir", 'w'},
};

constexpr bool by_name(const Option& a, const Option& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(kOptions), std::end(kOptions), by_name));

}  // namespace

const Option* find_option(std::string_view name) {
  const Option* found =
      std::lower_bound(std::begin(kOptions), std::end(kOptions), Option{.name = name}, by_name);
  return found != std::end(kOptions) && found->name == name ? found : nullptr;
}

const Option* find_option(char letter) {
  if (letter == '\0') return nullptr;
  for (const Option& option : kOptions) {
    if (option.letter == letter) return &option;
  }
  return nullptr;
}

}  // namespace plimsoll::run
