#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pod-security-policy-removed",
    .title = "PodSecurityPolicy does nothing any more",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .why = "Kubernetes 1.25 has removed it: a cluster that relies on it admits every pod.",
    .fix_note = "Label the namespaces for Pod Security Admission, or use a policy engine.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/",
};

bool is_policy(const kubernetes::Object& object) {
  return object.kind == "PodSecurityPolicy" &&
         (manifest::api_group(object) == "policy" || manifest::api_group(object) == "extensions");
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_policy(object)) return;
  sink.report(object.place, "Kubernetes 1.25 and later know no PodSecurityPolicy");
}

constexpr Example kExamples[] = {
    {.name = "one",
     .before = "apiVersion: policy/v1beta1\n"
               "kind: PodSecurityPolicy\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  privileged: false\n"},
    {.name = "its successor",
     .before = "apiVersion: v1\n"
               "kind: Namespace\n"
               "metadata: {name: a, labels: {pod-security.kubernetes.io/enforce: restricted}}\n"},
};

}  // namespace

const Rule& pod_security_policy_removed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
