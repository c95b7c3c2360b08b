#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-pod-log-deletion",
    .title = "A role may delete the logs of pods",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0042",
    .why = "Whoever breaks in can remove the trace of it.",
    .fix_note = "Give get on pods/log; nobody needs more.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "pods/log"},
};
constexpr std::string_view kVerbs[] = {"delete", "deletecollection"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs}, "traces of an attack can be removed");
}

constexpr Example kExamples[] = {
    {.name = "every verb",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«pods/log»], verbs: [\"*\"]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods/log], verbs: [get, list]}\n"},
};

}  // namespace

const Rule& rbac_pod_log_deletion() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
