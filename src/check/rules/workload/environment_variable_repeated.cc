#include <string>
#include <string_view>
#include <unordered_set>

#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "environment-variable-repeated",
    .title = "A variable is set twice",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .aliases = "kube-linter:duplicate-env-var kube-score:environment-variable-key-duplication",
    .why =
        "The last one wins; a tool that merges lists by name may keep the other, so what the "
        "program gets depends on how the manifest is applied.",
    .fix_note = "Delete the one that is not meant.",
    .sources =
        "https://kubernetes.io/docs/tasks/inject-data-application/"
        "define-environment-variable-container/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.environment.size() < 2) return;
  std::unordered_set<std::string_view> seen;
  for (const EnvironmentVariable& variable : workload.environment) {
    if (variable.name.empty() || seen.insert(variable.name).second) continue;
    sink.report(variable.place, "'" + variable.name + "' is set above already");
  }
}

constexpr Example kExamples[] = {
    {.name = "twice",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      env:\n"
                "        - {name: MODE, value: a}\n"
                "        - {name: «MODE», value: b}\n"}},
    {.name = "once each",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      env:\n"
                "        - {name: MODE, value: a}\n"
                "        - {name: mode, value: b}\n"}},
    {.name = "in two containers",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  containers:\n"
               "    - {name: a, image: nginx, env: [{name: MODE, value: a}]}\n"
               "    - {name: b, image: nginx, env: [{name: MODE, value: b}]}\n"},
};

}  // namespace

const Rule& environment_variable_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
