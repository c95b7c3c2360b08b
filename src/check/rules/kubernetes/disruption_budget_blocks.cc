#include <optional>
#include <string>
#include <vector>

#include "check/disruption_budget.h"
#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "disruption-budget-blocks",
    .title = "A PodDisruptionBudget that allows no disruption",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases =
        "kube-linter:pdb-max-unavailable kube-linter:pdb-min-available "
        "polaris:pdbDisruptionsIsZero",
    .why =
        "A node with such a pod cannot be drained: updates of the kernel and of Kubernetes wait, "
        "or kill the pod after all.",
    .fix_note =
        "Allow one pod to be missing (maxUnavailable: 1), and run one more than are needed.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
};

/// The pods that the budget counts; nullopt: not known, or there are none at hand.
std::optional<std::int64_t> replicas_of(const PodSelector& budget,
                                        const kubernetes::Manifests& manifests,
                                        const ObjectNames& scaled) {
  std::int64_t sum = 0;
  for (const kubernetes::Pod& pod : manifests.pods) {
    const Selection selection = selects(budget, pod);
    if (selection == Selection::kNo) continue;
    const kubernetes::Object& object = *pod.object;
    if (selection == Selection::kPerhaps || !keeps_replicas(object)) return std::nullopt;
    if (scaled.hold(object.kind, object.name, object.ns)) return std::nullopt;
    const std::optional<std::int64_t> replicas = check::replicas_of(object);
    // More is not run anywhere; and a sum of such numbers cannot overflow.
    if (!replicas || *replicas < 1 || *replicas > 1'000'000) return std::nullopt;
    sum += *replicas;
  }
  return sum == 0 ? std::nullopt : std::optional(sum);
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  const std::vector<PodSelector> budgets = disruption_budget_selectors(manifests);
  if (budgets.empty() || !can_compare(budgets, manifests)) return;
  const ObjectNames scaled = autoscaled(manifests);
  for (const PodSelector& budget : budgets) {
    const kubernetes::Object& object = *budget.object;
    const Node* const most = object.at({"spec", "maxUnavailable"});
    if (most != nullptr && (most->str() == "0" || most->str() == "0%")) {
      sink.report(Place{object.file, most->span}, "no pod may ever be missing");
      continue;
    }
    const Node* const least = object.at({"spec", "minAvailable"});
    if (least == nullptr) continue;
    if (least->str() == "100%") {
      sink.report(Place{object.file, least->span}, "no pod may ever be missing");
      continue;
    }
    const std::optional<std::int64_t> wanted = least->as_int();
    if (!wanted || *wanted < 1) continue;
    const auto replicas = replicas_of(budget, manifests, scaled);
    if (!replicas || *wanted < *replicas) continue;
    sink.report(Place{object.file, least->span},
                "all " + std::to_string(*replicas) + " pods must stay, so none may be evicted");
  }
}

constexpr Example kExamples[] = {
    {.name = "none may be missing",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: «0»\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "all must stay",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minAvailable: «100%»\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "as many as there are",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 2\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minAvailable: «2»\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "one may be missing",
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
               "  minAvailable: 2\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "pods elsewhere",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minAvailable: 2\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "an autoscaler adds some",
     .before = {"apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  replicas: 2\n"
                "  selector: {matchLabels: {app: web}}\n"
                "  template:\n"
                "    metadata: {labels: {app: web}}\n"
                "    spec: {containers: [{name: web, image: nginx}]}\n"
                "---\n",
                kWebAutoscaler,
                "---\n"
                "apiVersion: policy/v1\n"
                "kind: PodDisruptionBudget\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  minAvailable: 2\n"
                "  selector: {matchLabels: {app: web}}\n"}},
};

}  // namespace

const Rule& disruption_budget_blocks() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
