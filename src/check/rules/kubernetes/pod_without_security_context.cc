#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pod-without-security-context",
    .title = "The pod has no security context",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0118 kics:a97a340a",
    .silenced_by = "checkov:CKV_K8S_29",
    .why =
        "What is set per container is forgotten for the next one; what is set for the pod "
        "counts for all of them, and for fsGroup there is no other place.",
    .fix_note = "Set runAsNonRoot, seccompProfile and fsGroup for the pod, the rest per container.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (pod.containers.empty()) return;
  const Node* const context = pod.spec->find("securityContext");
  if (manifest::is_present(context) && (!context->is_mapping() || !context->entries.empty()))
    return;
  sink.missing(*pod.containers.front(), pod.place, "no security context for the pod");
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "an empty one",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  securityContext: {}\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "one",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  securityContext: {runAsUser: 1001}\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& pod_without_security_context() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
