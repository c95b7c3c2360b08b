#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ingress-snippet",
    .title = "A configuration snippet in an Ingress",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "checkov:CKV_K8S_153",
    .why =
        "A snippet runs in the ingress controller, which can read the Secrets of every "
        "namespace: who may write an Ingress may then read them all (CVE-2021-25742).",
    .fix_note =
        "Use the annotation that says what is meant, and set allow-snippet-annotations: "
        "\"false\" in the controller.",
    .sources =
        "https://nvd.nist.gov/vuln/detail/CVE-2021-25742 "
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Ingress") return;
  for (const Node::Entry& entry : manifest::entries(object.at({"metadata", "annotations"}))) {
    const std::string_view key = entry.key->str();
    if (!key.ends_with("-snippet") || !ascii::contains(key, "nginx")) continue;
    sink.report(Place{object.file, entry.key->span},
                "configuration that runs in the ingress controller");
  }
}

constexpr Example kExamples[] = {
    {.name = "a location snippet",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: Ingress\n"
               "metadata: {name: web, annotations: "
               "{«nginx.ingress.kubernetes.io/configuration-snippet»: \"more_set_headers x;\"}}\n"
               "spec:\n"
               "  rules: [{host: example.com}]\n"},
    {.name = "other annotations",
     .before =
         "apiVersion: networking.k8s.io/v1\n"
         "kind: Ingress\n"
         "metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}\n"
         "spec:\n"
         "  rules: [{host: example.com}]\n"},
};

}  // namespace

const Rule& ingress_snippet() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
