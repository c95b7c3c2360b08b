#include "check/disruption_budget.h"
#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "disruption-budget-empty",
    .title = "A PodDisruptionBudget without a number",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "kube-score:poddisruptionbudget-has-policy",
    .why =
        "It says neither how many pods must stay nor how many may be missing, so nothing that was "
        "meant is kept.",
    .fix_note = "Set maxUnavailable, or minAvailable.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_disruption_budget(object)) return;
  if (manifest::is_present(object.at({"spec", "minAvailable"})) ||
      manifest::is_present(object.at({"spec", "maxUnavailable"}))) {
    return;
  }
  sink.report(object.place, "sets neither minAvailable nor maxUnavailable");
}

constexpr Example kExamples[] = {
    {.name = "neither",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"},
    {.name = "one",
     .before = "apiVersion: policy/v1\n"
               "kind: PodDisruptionBudget\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxUnavailable: 1\n"
               "  selector: {matchLabels: {app: web}}\n"},
};

}  // namespace

const Rule& disruption_budget_empty() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
