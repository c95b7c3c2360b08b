#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "new-privileges-allowed",
    .title = "The process may gain privileges",
    .severity = Severity::kMedium,
    .control = Control::kNoNewPrivileges,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "trivy:KSV-0001 checkov:CKV_K8S_20 kics:27fcc7d6 semgrep:no-new-privileges "
        "semgrep:allow-privilege-escalation semgrep:allow-privilege-escalation-true "
        "semgrep:allow-privilege-escalation-no-securitycontext compose-lint:CL-0003 "
        "cis-docker:5.26 kubesec:AllowPrivilegeEscalation "
        "kube-linter:privilege-escalation-container polaris:privilegeEscalationAllowed",
    .why =
        "A setuid program in the image turns a lesser user into root; no_new_privs makes the "
        "kernel ignore the bit.",
    .fix_note = "Safe unless the image starts as a lesser user and uses sudo or a setuid program.",
    .sources =
        "https://docs.kernel.org/userspace-api/no_new_privs.html "
        "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
};

/// What asks for privileges by a capability of the file system cannot be told from outside.
void offer(const Workload& workload, Finding& finding) {
  const bool privileged =
      workload.privileged.value || workload.cap_add.find("SYS_ADMIN") != nullptr;
  // Kubernetes refuses the two together.
  if (privileged && workload.is_kubernetes()) {
    finding.unfixed = "a privileged container, or one with SYS_ADMIN, may always gain privileges";
    return;
  }
  remedy(finding, "forbid new privileges",
         spelling::set(workload, spelling::Attribute::kNoNewPrivileges, "true"), FixSafety::kSafe);
}

void check(const Workload& workload, Sink& sink) {
  const Value<bool>& setting = workload.no_new_privileges;
  if (is_windows(workload)) return;
  if (!setting.is_known()) {
    sink.unknown("whether privileges may be gained comes from a variable");
    return;
  }
  if (setting.value) return;
  if (setting.is_set()) {
    offer(workload,
          sink.report(setting.place, "the process may gain privileges (setuid programs work)"));
  } else {
    offer(workload, sink.missing(workload, workload.is_kubernetes()
                                               ? "allowPrivilegeEscalation is not set to false"
                                               : "no-new-privileges is not set"));
  }
}

constexpr Example kExamples[] = {
    {.name = "not said",
     .before = "services:\n  «web»:\n    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    security_opt:\n"
              "      - no-new-privileges:true\n"},
    {.name = "switched off",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [«no-new-privileges:false»]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    security_opt: [no-new-privileges:false, no-new-privileges:true]\n"},
    {.name = "set",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [\"no-new-privileges:true\"]\n"},
    {.name = "without a value",
     .before = "services:\n  web:\n    image: nginx:1.27\n    security_opt: [no-new-privileges]\n"},
    {.name = "not said in a pod",
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
              "        allowPrivilegeEscalation: false\n"},
    {.name = "asked for in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        allowPrivilegeEscalation: «true»\n"}},
    {.name = "refused in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        allowPrivilegeEscalation: false\n"}},
    {.name = "set on the command line",
     .file = "run.sh",
     .before = "docker run --security-opt no-new-privileges nginx:1.27\n"},
};

}  // namespace

const Rule& new_privileges_allowed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
