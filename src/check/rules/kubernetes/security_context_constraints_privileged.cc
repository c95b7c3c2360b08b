#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "security-context-constraints-privileged",
    .title = "OpenShift is told to allow privileged containers",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "kube-linter:scc-deny-privileged-container",
    .why = "Whoever may use these constraints may start a container that is root on the node.",
    .fix_note =
        "Set allowPrivilegedContainer: false, and give constraints of their own to the few that "
        "need it.",
    .sources =
        "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/"
        "authentication_and_authorization/managing-pod-security-policies",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "SecurityContextConstraints") return;
  const Node* const allowed = object.node->find("allowPrivilegedContainer");
  if (allowed == nullptr || allowed->as_bool() != true) return;
  sink.report(Place{object.file, allowed->span}, "privileged containers are allowed");
}

constexpr Example kExamples[] = {
    {.name = "allowed",
     .before = "apiVersion: security.openshift.io/v1\n"
               "kind: SecurityContextConstraints\n"
               "metadata: {name: a}\n"
               "allowPrivilegedContainer: «true»\n"},
    {.name = "forbidden",
     .before = "apiVersion: security.openshift.io/v1\n"
               "kind: SecurityContextConstraints\n"
               "metadata: {name: a}\n"
               "allowPrivilegedContainer: false\n"},
};

}  // namespace

const Rule& security_context_constraints_privileged() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
