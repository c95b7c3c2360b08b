#include "check/capability.h"
#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "net-raw-kept",
    .title = "Raw sockets are not taken away",
    .severity = Severity::kLow,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kSafe,
    .aliases = "checkov:CKV_K8S_28 kube-linter:drop-net-raw-capability",
    .why =
        "With NET_RAW a process can read and forge packets on its network: pretend to be another "
        "pod, or answer for the DNS server.",
    .fix_note = "Drop ALL or at least NET_RAW. ping works without it on current kernels.",
    .sources =
        "https://man7.org/linux/man-pages/man7/capabilities.7.html "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || drops_all_capabilities(workload)) return;
  if (workload.cap_drop.find("NET_RAW") != nullptr) return;
  if (workload.cap_drop.origin == Origin::kUnknown) {
    sink.unknown("a dropped capability comes from a variable");
    return;
  }
  // Podman does not grant it.
  if (workload.form == Form::kPodmanRun || workload.form == Form::kQuadlet) return;
  offer_capability_drop(workload, sink,
                        sink.missing(workload, "the capability NET_RAW is not dropped"));
}

constexpr Example kExamples[] = {
    {.name = "nothing is dropped",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n"
               "    - name: «web»\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "      securityContext:\n"
              "        capabilities:\n"
              "          drop:\n"
              "            - ALL\n"
              "          add:\n"
              "            - NET_BIND_SERVICE\n"},
    {.name = "something else is dropped",
     .before = "services:\n  «web»:\n    image: nginx:1.27\n    cap_drop: [CHOWN]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    cap_drop: [CHOWN, ALL]\n"
              "    cap_add:\n"
              "      - CHOWN\n"
              "      - SETGID\n"
              "      - SETUID\n"},
    {.name = "dropped",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          drop: [NET_RAW]\n"}},
    {.name = "all dropped",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"},
};

}  // namespace

const Rule& net_raw_kept() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
