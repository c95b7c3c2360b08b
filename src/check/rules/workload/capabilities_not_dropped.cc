#include "check/capability.h"
#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "capabilities-not-dropped",
    .title = "Not every capability is dropped",
    .severity = Severity::kMedium,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0003 checkov:CKV_K8S_37 kics:ce76b7d0 compose-lint:CL-0006 cis-docker:5.4 "
        "kubesec:CapDropAll kubesec:CapDropAny polaris:insecureCapabilities",
    .why =
        "Containers start with a dozen capabilities that most programs never use; each is one more "
        "thing an attacker can try.",
    .fix_note =
        "Drop ALL, start it, and add back what it asks for: NET_BIND_SERVICE, CHOWN, SETUID and "
        "SETGID are the usual ones.",
    .sources =
        "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || drops_all_capabilities(workload)) return;
  if (workload.cap_drop.origin == Origin::kUnknown) {
    sink.unknown("a dropped capability comes from a variable");
    return;
  }
  if (workload.cap_drop.empty()) {
    offer_capability_drop(workload, sink, sink.missing(workload, "no capabilities are dropped"));
  } else {
    offer_capability_drop(
        workload, sink,
        sink.report(workload.cap_drop.place, "only some capabilities are dropped, not ALL"));
  }
}

constexpr Example kExamples[] = {
    {.name = "none dropped",
     .before = "services:\n  «web»:\n    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    cap_drop:\n"
              "      - ALL\n"
              "    cap_add:\n"
              "      - CHOWN\n"
              "      - SETGID\n"
              "      - SETUID\n"},
    {.name = "some dropped",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop:\n      «- NET_RAW»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    cap_drop:\n"
              "      - NET_RAW\n"
              "      - ALL\n"
              "    cap_add:\n"
              "      - CHOWN\n"
              "      - SETGID\n"
              "      - SETUID\n"},
    {.name = "all dropped",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"},
    {.name = "in a pod",
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
    {.name = "all dropped in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          drop: [all]\n"}},
};

}  // namespace

const Rule& capabilities_not_dropped() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
