#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-external-ips",
    .title = "A Service takes traffic for addresses of its choice",
    .severity = Severity::kMedium,
    .control = Control::kNetworkSegmentation,
    .aliases = "trivy:KSV-0108",
    .why =
        "externalIPs makes every node send what goes to that address to the Service: who "
        "sets it can read the traffic of others (CVE-2020-8554, not fixed).",
    .fix_note =
        "Use a LoadBalancer or an Ingress; the admission plugin DenyServiceExternalIPs "
        "forbids the field.",
    .sources = "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Service" || object.api_version != "v1") return;
  const Node* const addresses = object.at({"spec", "externalIPs"});
  if (manifest::elements(addresses).empty()) return;
  sink.report(Place{object.file, addresses->span}, "takes the traffic of these addresses");
}

constexpr Example kExamples[] = {
    {.name = "an address",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  externalIPs: «[203.0.113.7]»\n"
               "  ports: [{port: 80}]\n"},
    {.name = "none",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  externalIPs: []\n"
               "  ports: [{port: 80}]\n"},
};

}  // namespace

const Rule& service_external_ips() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
