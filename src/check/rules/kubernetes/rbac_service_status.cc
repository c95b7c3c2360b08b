#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-service-status",
    .title = "A role may change the status of Services",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .aliases = "checkov:CKV2_K8S_4",
    .why =
        "status.loadBalancer.ingress.ip of a Service attracts traffic to that address from "
        "the whole cluster (CVE-2020-8554, not fixed).",
    .fix_note = "Leave services/status to the load balancer controller.",
    .sources = "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
};

constexpr rbac::Resource kResources[] = {
    {"", "services/status"},
};
constexpr std::string_view kVerbs[] = {"update", "patch"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "traffic to any address can be taken (CVE-2020-8554)");
}

constexpr Example kExamples[] = {
    {.name = "patch",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«services/status»], verbs: [patch]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [services/status], verbs: [get]}\n"},
};

}  // namespace

const Rule& rbac_service_status() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
