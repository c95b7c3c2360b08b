#include <algorithm>
#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pod-security-policy-permissive",
    .title = "A PodSecurityPolicy that allows what it was to forbid",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases =
        "checkov:CKV_K8S_1 checkov:CKV_K8S_2 checkov:CKV_K8S_3 checkov:CKV_K8S_4 "
        "checkov:CKV_K8S_5 checkov:CKV_K8S_6",
    .why = "On the clusters that still have it (1.24 and older), pods may take the node.",
    .fix_note = "Move to Pod Security Admission; until then, forbid the field.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/",
};

bool is_policy(const kubernetes::Object& object) {
  return object.kind == "PodSecurityPolicy" &&
         (manifest::api_group(object) == "policy" || manifest::api_group(object) == "extensions");
}

struct Permission {
  std::string_view field;
  std::string_view allows;
};
constexpr Permission kPermissions[] = {
    {"privileged", "allows privileged containers"},
    {"hostPID", "allows the host's processes"},
    {"hostIPC", "allows the host's shared memory"},
    {"hostNetwork", "allows the host's network"},
    {"allowPrivilegeEscalation", "allows setuid programs to gain rights"},
};

/// MustRunAsNonRoot, or MustRunAs with ranges that begin above 0.
bool forbids_root(const Node& run_as_user) {
  const Node* const rule = run_as_user.find("rule");
  if (rule == nullptr) return false;
  if (rule->str() == "MustRunAsNonRoot") return true;
  if (rule->str() != "MustRunAs") return false;
  const auto ranges = manifest::elements(run_as_user.find("ranges"));
  return !ranges.empty() && std::all_of(ranges.begin(), ranges.end(), [](const Node* range) {
    const Node* const lowest = range->find("min");
    return lowest != nullptr && lowest->as_int().value_or(1) > 0;
  });
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_policy(object)) return;
  for (const Permission& permission : kPermissions) {
    const Node* const value = object.at({"spec", permission.field});
    if (value == nullptr || value->as_bool() != true) continue;
    sink.report(Place{object.file, value->span}, std::string(permission.allows));
  }
  const Node* const user = object.at({"spec", "runAsUser"});
  if (user == nullptr || forbids_root(*user)) return;
  sink.report(Place{object.file, user->span}, "allows root");
}

constexpr Example kExamples[] = {
    {.name = "all of it",
     .before = "apiVersion: policy/v1beta1\n"
               "kind: PodSecurityPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  privileged: «true»\n"
               "  hostPID: «true»\n"
               "  runAsUser: «{rule: RunAsAny}»\n"},
    {.name = "a range with 0",
     .before = "apiVersion: policy/v1beta1\n"
               "kind: PodSecurityPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  runAsUser: «{rule: MustRunAs, ranges: [{min: 0, max: 9}]}»\n"},
    {.name = "a strict one",
     .before = "apiVersion: policy/v1beta1\n"
               "kind: PodSecurityPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  privileged: false\n"
               "  allowPrivilegeEscalation: false\n"
               "  runAsUser: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}\n"},
};

}  // namespace

const Rule& pod_security_policy_permissive() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
