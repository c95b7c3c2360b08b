#include <vector>

#include "check/disruption_budget.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "disruption-budget-missing",
    .title = "No PodDisruptionBudget keeps some replicas alive",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "kube-score:deployment-has-poddisruptionbudget "
        "kube-score:statefulset-has-poddisruptionbudget polaris:missingPodDisruptionBudget",
    .why = "An upgrade of the nodes may evict all replicas at once.",
    .fix_note = "Unsafe: how many may be missing is yours to say; maxUnavailable: 1 suits most.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
};

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const std::vector<PodSelector> budgets = disruption_budget_selectors(manifests);
  if (!can_compare(budgets, manifests)) return;
  for (const kubernetes::Pod& pod : manifests.pods) {
    if (!keeps_replicas(*pod.object) || pod.containers.empty()) continue;
    // A single one is gone for a moment in any case; of a template nothing is known.
    if (replicas_of(*pod.object).value_or(1) < 2) continue;
    if (is_selected(pod, budgets)) continue;
    sink.missing(*pod.containers.front(), pod.place, "no PodDisruptionBudget selects it")
        .about(pod.containers.front()->id);
  }
}

constexpr Example kExamples[] = {
    {.name = "none at all",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "one for another program",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  selector: {matchLabels: {app: db}}\n"},
    {.name = "its own",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "a single pod",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 1\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "every node has one",
     .before = "apiVersion: apps/v1\n"
               "kind: DaemonSet\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
};

}  // namespace

const Rule& disruption_budget_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
