#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-configmap-write",
    .title = "A role may change ConfigMaps",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0049",
    .why =
        "Programs take their configuration from ConfigMaps, often commands and addresses "
        "too: who changes it decides what they do.",
    .fix_note = "Name the ConfigMaps that are meant in resourceNames.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "configmaps"},
};
constexpr std::string_view kVerbs[] = {"create", "update",           "patch",
                                       "delete", "deletecollection", "impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs}, "decides how other programs behave");
}

constexpr Example kExamples[] = {
    {.name = "update",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«configmaps»], verbs: [get, update]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get, list, watch]}\n"},
    {.name = "a verb that is none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [configmaps], verbs: [just]}\n"},
};

}  // namespace

const Rule& rbac_configmap_write() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
