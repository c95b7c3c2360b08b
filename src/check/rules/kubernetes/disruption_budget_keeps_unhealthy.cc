#include "check/disruption_budget.h"
#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "disruption-budget-keeps-unhealthy",
    .title = "A pod that does not work may block a drain",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "kube-linter:pdb-unhealthy-pod-eviction-policy",
    .why =
        "A pod that crashes again and again counts as one that is missing, so no other may be "
        "evicted, and neither may it.",
    .fix_note = "Set unhealthyPodEvictionPolicy: AlwaysAllow (Kubernetes 1.27 and later).",
    .sources =
        "https://kubernetes.io/docs/tasks/run-application/configure-pdb/"
        "#unhealthy-pod-eviction-policy",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_disruption_budget(object) || object.api_version != "policy/v1") return;
  const Node* const policy = object.at({"spec", "unhealthyPodEvictionPolicy"});
  if (!manifest::is_present(policy)) {
    sink.report(object.place, "pods that are not ready may not always be evicted");
  } else if (policy->str() == "IfHealthyBudget") {
    sink.report(Place{object.file, policy->span},
                "pods that are not ready may not always be evicted");
  }
}

constexpr Example kExamples[] = {
    {.name = "not said",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "said otherwise",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  unhealthyPodEvictionPolicy: «IfHealthyBudget»\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "said so",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  unhealthyPodEvictionPolicy: AlwaysAllow\n"
               "  selector: {matchLabels: {app: web}}\n"},
};

}  // namespace

const Rule& disruption_budget_keeps_unhealthy() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
