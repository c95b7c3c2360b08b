#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-account-field-deprecated",
    .title = "'serviceAccount' is deprecated",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "kube-linter:deprecated-service-account-field",
    .why =
        "It is an old name of serviceAccountName. A patch that sets the new one leaves this one "
        "behind, and which of the two counts is easy to get wrong.",
    .fix_note = "Safe: the API server treats them the same.",
    .sources =
        "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  const Node::Entry* const old = pod.spec->find_entry("serviceAccount");
  // An exported object has both, and they are the same.
  if (old == nullptr || manifest::is_present(pod.spec->find("serviceAccountName"))) return;
  Finding& finding = sink.report(Place{pod.object->file, old->key->span},
                                 "serviceAccountName is what it is called now");
  if (old->merged || !old->key->is_plain() || pod.spec->find_entry("serviceAccountName") != nullptr)
    return;
  finding.fix = Fix{.title = "rename serviceAccount to serviceAccountName",
                    .edits = {{old->key->span, "serviceAccountName"}}};
}

constexpr Example kExamples[] = {
    {.name = "the old name",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  «serviceAccount»: web\n"
               "  containers: [{name: web, image: nginx}]\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  serviceAccountName: web\n"
              "  containers: [{name: web, image: nginx}]\n"},
    {.name = "both, as exported",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccount: web\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "the new name",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& service_account_field_deprecated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
