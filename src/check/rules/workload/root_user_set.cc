#include "check/example_objects.h"
#include "check/rule.h"
#include "workload/effective_user.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "root-user-set",
    .title = "Root is asked for by name",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0105 compose-lint:CL-0018",
    .why =
        "An image that would run as a lesser user is made to run as root, which is rarely what its "
        "author built it for.",
    .fix_note = "Delete the line and fix the permissions that made it necessary.",
    .sources =
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/ "
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.user.is_set() || !is_root_user(workload.user.value)) return;
  sink.report(workload.user.place, "the user is set to root: '" + workload.user.value + "'");
}

constexpr Example kExamples[] = {
    {.name = "root in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: «root»\n"},
    {.name = "root in a container",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsUser: «0»\n"}},
    {.name = "nothing is set", .before = "services:\n  web:\n    image: nginx:1.27\n"},
    {.name = "another user",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsUser: 101\n"}},
};

}  // namespace

const Rule& root_user_set() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
