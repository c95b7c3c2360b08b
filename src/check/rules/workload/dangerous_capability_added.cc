#include <algorithm>
#include <string>

#include "check/capability.h"
#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "dangerous-capability-added",
    .title = "A dangerous capability is added",
    .severity = Severity::kHigh,
    .control = Control::kLeastCapabilities,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0005 trivy:KSV-0120 checkov:CKV_K8S_39 compose-lint:CL-0011 "
        "compose-lint:CL-0024 compose-lint:CL-0027 compose-lint:CL-0028 compose-lint:CL-0030 "
        "kubesec:CapSysAdmin polaris:dangerousCapabilities compose-lint:CL-0029",
    .why =
        "Some capabilities reach past the container: with them a break-in becomes one of the host.",
    .fix_note =
        "Delete it, or find the narrower setting that the program needs: a device, a sysctl, a "
        "volume.",
    .sources =
        "https://man7.org/linux/man-pages/man7/capabilities.7.html "
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

/// Some reach only as far as a namespace does; with the host's they reach the host.
Severity severity_with_host(const Workload& workload, std::string_view capability) {
  if (capability == "SYS_PTRACE" && workload.pid_mode.value == "host") return Severity::kCritical;
  if (capability == "NET_ADMIN" && workload.network_mode.value == "host") return Severity::kHigh;
  return Severity::kInfo;
}

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.cap_add.items) {
    const DangerousCapability* capability = find_dangerous_capability(item.value);
    if (capability == nullptr) continue;
    Finding& finding = sink.report(item.place, "'" + item.value + "' is added: the container can " +
                                                   std::string(capability->gives));
    remedy(finding, "take '" + item.value + "' away", spelling::take_out(workload, item.place),
           FixSafety::kUnsafe);
    finding.severity = std::max(capability->severity, severity_with_host(workload, item.value));
  }
}

constexpr Example kExamples[] = {
    {.name = "everything",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [«ALL»]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "near to everything",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_add:\n      - «CAP_SYS_ADMIN»\n"
               "      - NET_BIND_SERVICE\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    cap_add:\n"
              "      - NET_BIND_SERVICE\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          add: [«SYS_MODULE»]\n"}},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --cap-add=«SYS_PTRACE» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "a unit file",
     .file = "app.container",
     .before = "[Container]\nImage=docker.io/library/nginx:1.27\n"
               "AddCapability=«CAP_SYS_ADMIN» CHOWN\n"},
    {.name = "of no danger",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"
               "    cap_add: [CHOWN, SETUID, IPC_LOCK]\n"},
};

}  // namespace

const Rule& dangerous_capability_added() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
