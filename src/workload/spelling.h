#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/yaml_edit.h"
#include "workload/workload.h"

/// Changes of a Workload as edits of the file that describes it: a fix is written once, each form
/// knows how to spell it. No form changes what it was not asked to; what cannot be spelled for
/// certain is refused with the reason. All edits name Workload::file as theirs.
namespace plimsoll::spelling {

using yaml::Edits;

/// A setting with one value.
enum class Attribute : std::uint8_t {
  kUser,             ///< "1000:1000"
  kRunAsNonRoot,     ///< "true"; Kubernetes
  kNoNewPrivileges,  ///< "true"
  kReadOnly,         ///< "true"
  kMemoryLimit,      ///< "512m"; each form gets its own unit
  kCpuLimit,         ///< "1.0": processors
  kMemoryRequest,    ///< Kubernetes
  kCpuRequest,
  kPidsLimit,
  kRestart,              ///< "unless-stopped"
  kInit,                 ///< "true"
  kSeccomp,              ///< "RuntimeDefault"; Kubernetes
  kHealthcheck,          ///< a shell command; engines
  kServiceAccountToken,  ///< "false"; Kubernetes, of the whole pod
  kPullPolicy,
  kLivenessProbe,  ///< a TCP port; Kubernetes
  kReadinessProbe,
};

/// Gives a setting its value, over the one it has.
[[nodiscard]] Edits set(const Workload& workload, Attribute attribute, const std::string& value);

/// Drops every capability but `keep`. What is dropped or added already stays.
[[nodiscard]] Edits drop_capabilities(const Workload& workload,
                                      const std::vector<std::string>& keep);
/// Drops one.
[[nodiscard]] Edits drop_capability(const Workload& workload, const std::string& name);

/// A scratch folder in memory.
struct Scratch {
  std::string path;  ///< in the container
  std::string size;  ///< "64m"
  bool executable = false;
};
/// Makes the root file system read-only, with `scratch` to write to.
[[nodiscard]] Edits make_read_only(const Workload& workload, const std::vector<Scratch>& scratch);

/// Bounds the json-file or local driver's log.
[[nodiscard]] Edits bound_log(const Workload& workload, const std::string& size,
                              const std::string& files);

/// Takes out what is written at `place`: an entry of a mapping, an item of a list, a flag of a
/// command line. A `true` of Kubernetes becomes `false`.
[[nodiscard]] Edits take_out(const Workload& workload, Place place);

/// Publishes a port on one address of the host only: IPv4, or IPv6 without brackets.
[[nodiscard]] Edits publish_on(const Workload& workload, const Port& port,
                               const std::string& address);

/// Gives a variable as a file: `NAME_FILE` names a secret of the project. Only for images that read
/// such variables. Compose only.
[[nodiscard]] Edits give_as_secret(const Workload& workload, const EnvironmentVariable& variable);
/// How that secret is called: "postgres_password".
[[nodiscard]] std::string secret_name_of(const EnvironmentVariable& variable);

/// Lets a variable come from outside: `${NAME:?}` in Compose, `-e NAME` on a command line, a secret
/// of Podman in a Quadlet.
[[nodiscard]] Edits require_variable(const Workload& workload, const EnvironmentVariable& variable);

}  // namespace plimsoll::spelling
