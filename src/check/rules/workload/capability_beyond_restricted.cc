#include <string>

#include "check/capability.h"
#include "check/example_objects.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "capability-beyond-restricted",
    .title = "A capability that the restricted profile forbids",
    .severity = Severity::kInfo,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0106",
    .why = "A namespace with the restricted profile refuses the pod.",
    .fix_note = "Drop ALL and add NET_BIND_SERVICE at most.",
    .sources = "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload)) return;
  for (const Item& item : workload.cap_add.items) {
    if (item.value == "NET_BIND_SERVICE") continue;
    sink.report(item.place, "the restricted profile does not allow '" + item.value + "'");
  }
  if (drops_all_capabilities(workload) || workload.cap_drop.origin == Origin::kUnknown) return;
  sink.missing(workload, "the restricted profile asks for ALL capabilities to be dropped");
}

constexpr Example kExamples[] = {
    {.name = "another one is added",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          drop: [ALL]\n"
                "          add: [NET_BIND_SERVICE, «CHOWN»]\n"}},
    {.name = "not all are dropped",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n"
               "    - name: «web»\n      image: nginx:1.27\n      securityContext:\n"
               "        capabilities:\n          drop: [NET_RAW]\n"},
    {.name = "all but one",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          drop: [ALL]\n"
                "          add: [NET_BIND_SERVICE]\n"}},
};

}  // namespace

const Rule& capability_beyond_restricted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
