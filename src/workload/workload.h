#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/node.h"
#include "workload/live_container.h"

namespace plimsoll {

namespace dockerfile {
struct Dockerfile;
struct Stage;
}  // namespace dockerfile

/// Where a Workload was described.
enum class Form : std::uint8_t {
  kCompose,
  kKubernetes,
  kDockerRun,
  kPodmanRun,
  kQuadlet,
  kInspect,
  kExec,  ///< `docker exec`: a process that joins a container, not a container
};
[[nodiscard]] std::string_view to_string(Form form);

enum class Origin : std::uint8_t {
  kDefault,    ///< nobody wrote it; `value` is what the platform does then
  kSet,        ///< written for this workload
  kInherited,  ///< written for its pod, its `extends` base, an anchor, its Dockerfile
  kUnknown,    ///< written, but as something we cannot know: ${VAR} without a default, $(…)
};

/// A setting and how it came to be.
template <class T>
struct Value {
  T value{};
  Origin origin = Origin::kDefault;
  Place place;  ///< where it is written; of the value when there is one, else of the key or flag

  [[nodiscard]] bool is_set() const {
    return origin == Origin::kSet || origin == Origin::kInherited;
  }
  [[nodiscard]] bool is_known() const { return origin != Origin::kUnknown; }
};

/// An entry of a list setting (a capability, a device, an option).
struct Item {
  std::string value;
  Place place;
};

/// A list setting. `unknown` when some entry could not be read, so absence proves nothing.
struct Items {
  std::vector<Item> items;
  Origin origin = Origin::kDefault;
  Place place;  ///< of the whole list

  [[nodiscard]] bool is_set() const { return origin != Origin::kDefault; }
  [[nodiscard]] bool empty() const { return items.empty(); }
  /// ASCII case-insensitive.
  [[nodiscard]] const Item* find(std::string_view value) const;
};

struct Mount {
  enum class Type : std::uint8_t { kBind, kVolume, kTmpfs, kSecret, kConfig, kOther };
  Type type = Type::kBind;
  std::string source;  ///< host path or volume name; "" when anonymous
  std::string target;  ///< path in the container
  bool read_only = false;
  bool known = true;        ///< false: source or target holds something we cannot know
  std::string propagation;  ///< "rshared", "slave", …; "" = private
  std::string options;      ///< the rest as written: "z,noexec,size=64m"
  std::string volume;       ///< name of the volume behind it (Kubernetes; Compose's `o: bind`)
  Place place;
  bool read_only_settable = true;
};

struct Port {
  std::string host_ip;    ///< "" = every interface
  std::string host_port;  ///< "8080", "8000-8010"; "" = a random one
  std::string container_port;
  std::string protocol = "tcp";
  bool published = true;  ///< false: expose / containerPort only
  bool known = true;
  Place place;
};

struct EnvironmentVariable {
  enum class Source : std::uint8_t {
    kLiteral,    ///< the value stands in the file
    kDefaulted,  ///< ${X:-value}: `value` is the fallback that stands in the file
    kVariable,   ///< ${X}, $X, $(cmd): decided elsewhere
    kHost,       ///< NAME without value: taken from the caller's environment
    kSecret,     ///< Kubernetes secretKeyRef
    kReference,  ///< configMapKeyRef, fieldRef, resourceFieldRef
    kFile,       ///< read from an env_file
  };
  std::string name;
  std::string value;  ///< never print it: it may be a secret
  Source source = Source::kLiteral;
  Place place;  ///< of NAME=value or of the key
  Place value_place;
};

struct Build {
  std::string context;     ///< resolved relative to where we started; "" when not local
  std::string dockerfile;  ///< resolved path; "" when inline or remote
  std::string inline_dockerfile;
  std::string target;  ///< "" = last stage
  std::vector<EnvironmentVariable> args;
  bool has_secrets = false;  ///< build.secrets is used
  bool network_host = false;
  bool privileged = false;
  bool known = true;  ///< false: remote context or unresolved variable
  Place place;
  const Node* node = nullptr;
};

/// Docker health check, or a Kubernetes probe.
struct Probe {
  bool disabled = false;          ///< test: NONE, --no-healthcheck
  std::vector<std::string> test;  ///< ["CMD-SHELL", "curl …"], or for Kubernetes a canonical dump
  const Node* node = nullptr;
};

struct Logging {
  std::string driver;  ///< "" = the daemon's (json-file unless configured)
  bool has_max_size = false;
  bool has_max_file = false;
};

struct Dependency {
  std::string service;
  std::string condition;  ///< "service_started", "service_healthy", …; "" = list form
  bool required = true;   ///< false: may be missing altogether
  Place place;
};

struct Resources {
  Value<std::string> memory_limit;
  Value<std::string> memory_request;
  Value<std::string> cpu_limit;
  Value<std::string> cpu_request;
  Value<std::string> ephemeral_limit;  ///< Kubernetes only
  Value<std::string> ephemeral_request;
  Value<std::int64_t> pids_limit;  ///< ≤ 0 means unlimited
  bool ulimits = false;
};

/// Kubernetes' three kinds of container.
enum class ContainerKind : std::uint8_t { kApp, kInit, kSidecar, kEphemeral };

struct ImageFacts;
namespace kubernetes {
struct Pod;
}
namespace compose {
struct Project;
}

/// One container as it will be started, whatever form describes it. A workload rule reads only
/// this, so it judges every form. Defaults are the platform's: a `value` can be used as it is
/// unless `origin` is kUnknown. Places point into SourceFiles that outlive the Workload.
struct Workload {
  Form form = Form::kCompose;
  std::string id;    ///< unique: "compose.yaml#web", "k8s.yaml#Deployment/web/app"
  std::string kind;  ///< "service", "container", "init container", "docker run", "quadlet", …
  std::string name;  ///< "web"
  const SourceFile* file = nullptr;
  Place
      place;  ///< short range that names it: the service's key, the container's name, `docker run`
  Place group_place;  ///< Kubernetes: of the pod spec's owner (metadata.name or kind); else = place

  // Image and build
  Value<std::string> image;  ///< after interpolation; may be empty when only built
  std::optional<Build> build;
  Value<std::string> pull_policy;
  Value<std::string> platform;

  // Identity and privilege
  Value<std::string> user;  ///< "1000:1000", "node", "root", "0"; "" = the image's
  Value<std::optional<bool>> run_as_non_root;  ///< Kubernetes
  Items group_add;
  Value<bool> privileged;
  Items cap_add;  ///< without "CAP_", upper case
  Items cap_drop;
  Value<bool> no_new_privileges;
  Value<std::string> seccomp;  ///< "" = platform's default; "unconfined", "RuntimeDefault", path
  Value<std::string> apparmor;
  Value<std::string> selinux;     ///< "disable", "type:…"; "" = default
  Value<std::string> proc_mount;  ///< "unconfined" / "Unmasked"; "" = masked
  Items security_options;         ///< raw security_opt / --security-opt entries
  Items sysctls;                  ///< "net.core.somaxconn=1024"

  // Host access
  Value<std::string>
      network_mode;  ///< "host", "bridge", "none", "container:x", "service:x"; "" = default
  Value<std::string> pid_mode;  ///< "host", …
  Value<std::string> ipc_mode;
  Value<std::string> uts_mode;
  Value<std::string> userns_mode;
  Value<std::string> cgroup_mode;  ///< cgroupns
  Value<std::string> cgroup_parent;
  std::vector<Mount> mounts;
  Items volumes_from;
  Items devices;  ///< "/dev/kvm:/dev/kvm:rwm"
  Items device_cgroup_rules;
  Items extra_hosts;
  Items links;
  Value<bool> gpu;

  // Filesystem
  Value<bool> read_only;
  std::vector<Mount> tmpfs;

  // Limits and life
  Resources resources;
  Value<std::string> restart;  ///< "no", "always", "unless-stopped", "on-failure:5"
  Value<bool> init;
  Value<bool> oom_kill_disable;
  Value<std::int64_t> oom_score_adj;
  Value<std::string> stop_signal;
  Value<bool> detached;   ///< run lines: --detach
  Value<bool> removed;    ///< run lines: --rm
  bool one_shot = false;  ///< Job, `run --rm` of a tool, init container: not a server

  // Health
  Value<Probe> healthcheck;  ///< Docker forms
  Value<Probe> liveness;     ///< Kubernetes
  Value<Probe> readiness;
  Value<Probe> startup;

  // Network and data
  std::vector<Port> ports;
  Value<bool> publish_all;
  Items networks;
  std::vector<EnvironmentVariable> environment;
  Items env_files;  ///< resolved paths
  Items secrets;    ///< names of mounted secrets
  std::vector<Dependency> depends_on;
  Value<Logging> logging;
  Items labels;  ///< "key=value"
  Items profiles;
  std::vector<std::string> command;  ///< words; one element when it is a shell string
  std::vector<std::string> entrypoint;
  Place command_place;

  // Kubernetes only
  ContainerKind container_kind = ContainerKind::kApp;
  const kubernetes::Pod* pod = nullptr;

  std::optional<LiveContainer> live;  ///< of the form inspect, always

  const compose::Project* compose = nullptr;  ///< the Compose project it belongs to
  const Node* node = nullptr;                 ///< service or container mapping; null for run lines

  // What it runs, joined by link_images (workload/link.h)
  const dockerfile::Dockerfile* dockerfile = nullptr;  ///< when it is built from one at hand
  const dockerfile::Stage* stage = nullptr;
  const ImageFacts* image_facts = nullptr;  ///< of `image`, or of the stage's base

  /// Whether the form can say `setting` at all; a rule about something a form lacks must not fire.
  enum class Setting : std::uint8_t {
    kLogging,
    kRestart,
    kInit,
    kPidsLimit,
    kHealthcheck,
    kProbes,
    kPublishedPorts,
    kUserns,
    kCpuLimit,
    kComposeNetworks,
    kRequests,
  };
  [[nodiscard]] bool has(Setting setting) const;
  [[nodiscard]] bool is_kubernetes() const { return form == Form::kKubernetes; }
  /// Docker's and Podman's own settings (all forms but Kubernetes).
  [[nodiscard]] bool is_engine() const { return form != Form::kKubernetes; }
  [[nodiscard]] bool is_container() const { return form != Form::kExec; }
  [[nodiscard]] const EnvironmentVariable* variable(std::string_view name) const;
};

}  // namespace plimsoll
