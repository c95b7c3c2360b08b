#include <string>

#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "selinux-disabled",
    .title = "SELinux separation is switched off or changed",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0025 semgrep:selinux-separation-disabled compose-lint:CL-0009 cis-docker:5.3",
    .why = "SELinux labels are what keeps containers from the files of the host and of each other.",
    .fix_note = "Delete the line; to share a folder, mount it with :z or :Z instead.",
    .sources =
        "https://docs.docker.com/engine/containers/run/#security-configuration "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

/// "type:…" of what runs without bounds.
bool is_unconfined_type(std::string_view label) {
  return label == "type:spc_t" || label == "type:unconfined_t" ||
         label == "type:container_runtime_t";
}

bool is_container_type(std::string_view option) {
  return option == "type:container_t" || option == "type:container_init_t" ||
         option == "type:container_kvm_t" || option == "type:container_engine_t";
}

void check(const Workload& workload, Sink& sink) {
  const Value<std::string>& label = workload.selinux;
  if (!label.is_set()) return;
  if (workload.is_engine()) {
    if (label.value == "disable" || is_unconfined_type(label.value)) {
      remedy(sink.report(label.place, "SELinux does not confine the container"),
             "go back to the engine's SELinux label", spelling::take_out(workload, label.place),
             FixSafety::kUnsafe);
    }
    return;
  }
  for (const std::string_view part : ascii::split(label.value, ',')) {
    if (part.starts_with("level:") || is_container_type(part)) continue;
    sink.report(label.place, "the SELinux option '" + std::string(part) + "' is not a container's");
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "switched off",
     .before = "services:\n  web:\n    image: nginx:1.27\n    security_opt: [«label:disable»]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --security-opt label=«disable» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "another type",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seLinuxOptions:\n"
                "          type: «spc_t»\n"}},
    {.name = "another user",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seLinuxOptions:\n"
                "          type: «container_t»\n"
                "          user: root\n"}},
    {.name = "a level",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seLinuxOptions:\n"
                "          level: s0:c123\n"}},
    {.name = "a container's type",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seLinuxOptions:\n"
                "          type: container_init_t\n"}},
    {.name = "a type that keeps confined",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [\"label:type:svirt_apache_t\"]\n"},
};

}  // namespace

const Rule& selinux_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
