#include <string>

#include "check/capability.h"
#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "capability-added",
    .title = "A capability is added",
    .severity = Severity::kInfo,
    .control = Control::kLeastCapabilities,
    .aliases = "trivy:KSV-0022 checkov:CKV_K8S_25",
    .why =
        "What is added should be known to whoever reviews it. Adding one or two after dropping ALL "
        "is how it should be.",
    .fix_note = "Check that the program needs it.",
    .sources =
        "https://man7.org/linux/man-pages/man7/capabilities.7.html "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.cap_add.items) {
    // Fewer than the engine would have given: that is how it should be.
    const bool given_back = drops_all_capabilities(workload) &&
                            (workload.is_engine() ? is_default_capability(item.value, workload.form)
                                                  : item.value == "NET_BIND_SERVICE");
    if (given_back) continue;
    sink.report(item.place, "the capability '" + item.value + "' is added");
  }
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [«NET_BIND_SERVICE»]\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          add: [«IPC_LOCK»]\n"}},
    {.name = "dropped only",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          drop: [ALL]\n"}},
};

}  // namespace

const Rule& capability_added() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
