#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "default-service-account-token",
    .title = "The default service account mounts its token",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "checkov:CKV_K8S_41",
    .why =
        "Every pod that names no service account gets a credential for the API server that "
        "it does not use.",
    .fix_note =
        "Set automountServiceAccountToken: false on the account named default of each "
        "namespace.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
        "#opt-out-of-api-credential-automounting",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "ServiceAccount" || object.name != "default") return;
  const Node* const mount = object.node->find("automountServiceAccountToken");
  if (mount != nullptr && mount->as_bool() != true) return;
  sink.report(object.place, "the default service account mounts its token into every pod");
}

constexpr Example kExamples[] = {
    {.name = "nothing said",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: «default»}\n"},
    {.name = "switched off",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: default}\n"
               "automountServiceAccountToken: false\n"},
    {.name = "another one",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: web}\n"},
};

}  // namespace

const Rule& default_service_account_token() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
