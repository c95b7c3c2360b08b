#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-from-kubernetes-env",
    .title = "A Secret is given as an environment variable",
    .severity = Severity::kInfo,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "checkov:CKV_K8S_35 kube-linter:read-secret-from-env-var",
    .why =
        "Child processes inherit it, crash reports print it, and it stays the old one until the "
        "pod restarts.",
    .fix_note = "Mount the Secret as a file where the program can read one.",
    .sources = "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  for (const EnvironmentVariable& variable : workload.environment) {
    if (variable.source != EnvironmentVariable::Source::kSecret) continue;
    sink.report(variable.place, "'" + variable.name + "' is filled from a Secret");
  }
  // Not from workload.secrets, which also has those that are mounted as files.
  const Node* const sources = workload.node == nullptr ? nullptr : workload.node->find("envFrom");
  if (sources == nullptr) return;
  for (const Node* const source : sources->items) {
    const Node* const name = source->at({"secretRef", "name"});
    if (name == nullptr || name->str().empty()) continue;
    sink.report(Place{workload.file, name->span},
                "the Secret '" + std::string(name->str()) + "' becomes environment variables");
  }
}

constexpr Example kExamples[] = {
    {.name = "one key",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      env:\n"
               "        - name: «PW»\n"
               "          valueFrom:\n"
               "            secretKeyRef:\n"
               "              name: db\n"
               "              key: pw\n"},
    {.name = "all keys",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      envFrom:\n"
               "        - secretRef:\n"
               "            name: «db»\n"},
    {.name = "a mounted one",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      volumeMounts:\n"
               "        - name: s\n"
               "          mountPath: /s\n"
               "  volumes:\n"
               "    - name: s\n"
               "      secret:\n"
               "        secretName: db\n"},
    {.name = "a config map",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: app:1\n"
               "      env:\n"
               "        - name: A\n"
               "          valueFrom:\n"
               "            configMapKeyRef:\n"
               "              name: c\n"
               "              key: a\n"},
};

}  // namespace

const Rule& secret_from_kubernetes_env() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
