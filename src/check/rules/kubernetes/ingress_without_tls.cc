#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ingress-without-tls",
    .title = "An Ingress without TLS",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .aliases = "polaris:tlsSettingsMissing",
    .why = "Passwords and session cookies cross the network in the clear.",
    .fix_note = "Name a certificate under `tls`; cert-manager can fetch it.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
};

/// The cloud's load balancer has the certificate.
bool ends_tls_before(const kubernetes::Object& object) {
  for (const Node::Entry& entry : manifest::entries(object.at({"metadata", "annotations"}))) {
    const std::string_view key = entry.key->str();
    if (ascii::contains(key, "certificate") || ascii::contains(key, "pre-shared-cert") ||
        ascii::contains(key, "ssl-passthrough") || ascii::contains(key, "router.tls")) {
      return true;
    }
  }
  return false;
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Ingress") return;
  const std::string_view group = manifest::api_group(object);
  if (group != "networking.k8s.io" && group != "extensions") return;
  const Node* const spec = object.node->find("spec");
  if (spec == nullptr || !spec->is_mapping()) return;
  const Node* const tls = spec->find("tls");
  if (manifest::is_present(tls) && (!tls->is_sequence() || !tls->items.empty())) return;
  if (ends_tls_before(object)) return;
  sink.report(object.place, "no TLS").absence = true;
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "a certificate",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tls: [{secretName: web-tls}]\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "the load balancer has it",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: {alb.ingress.kubernetes.io/certificate-arn: "
               "\"arn:aws:acm:a\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
};

}  // namespace

const Rule& ingress_without_tls() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
