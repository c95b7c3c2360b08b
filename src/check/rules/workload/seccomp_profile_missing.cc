#include <string>

#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "seccomp-profile-missing",
    .title = "No seccomp profile is set",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "trivy:KSV-0030 trivy:KSV-0104 checkov:CKV_K8S_31 kubesec:SeccompAny "
        "kube-score:container-seccomp-profile",
    .why =
        "Unless the kubelet is told otherwise, Kubernetes runs containers without the system call "
        "filter that Docker has by default.",
    .fix_note =
        "Add seccompProfile: {type: RuntimeDefault} to the pod's securityContext; it is what "
        "Docker has used for ten years.",
    .sources =
        "https://kubernetes.io/docs/tutorials/security/seccomp/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .forms = kFormKubernetes,
};

bool is_profile_type(std::string_view type) {
  // Unconfined is seccomp-disabled's.
  return type == "RuntimeDefault" || type == "Localhost" || type == "Unconfined";
}

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || !workload.seccomp.is_known()) return;
  if (!workload.seccomp.is_set()) {
    remedy(sink.missing(workload, workload.group_place, "no seccomp profile is set"),
           "take the runtime's seccomp profile",
           spelling::set(workload, spelling::Attribute::kSeccomp, "RuntimeDefault"),
           FixSafety::kSafe);
    return;
  }
  const Node* type = security_context_field(workload, "seccompProfile", "type");
  if (type == nullptr || is_profile_type(type->str())) return;
  sink.report(type->span, "'" + std::string(type->str()) + "' is no type of seccomp profile");
}

constexpr Example kExamples[] = {
    {.name = "none",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "  securityContext:\n"
              "    seccompProfile:\n"
              "      type: RuntimeDefault\n"},
    {.name = "an empty one",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  securityContext:\n"
               "    seccompProfile: {}\n  containers:\n    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  securityContext:\n"
              "    seccompProfile: {type: RuntimeDefault}\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"},
    {.name = "no such type",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seccompProfile:\n"
                "          type: «custom»\n"}},
    {.name = "of the pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    seccompProfile:\n      type: RuntimeDefault\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n"},
    {.name = "of the container",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seccompProfile:\n"
                "          type: Localhost\n"
                "          localhostProfile: web.json\n"}},
    {.name = "by annotation",
     .file = "pod.yaml",
     .before =
         "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
         "    seccomp.security.alpha.kubernetes.io/pod: docker/default\nspec:\n  containers:\n"
         "    - name: web\n      image: nginx:1.27\n"},
};

}  // namespace

const Rule& seccomp_profile_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
