#include <string>
#include <vector>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/object_names.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ingress-dangling",
    .title = "An Ingress leads to a Service that is not there",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .aliases = "kube-linter:dangling-ingress kube-score:ingress-targets-service",
    .why =
        "Who asks for this path gets an error; and a Service of that name, whoever creates it, "
        "gets the traffic.",
    .fix_note = "Name the Service as it is called now.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/ingress/",
};

bool is_ingress(const kubernetes::Object& object) {
  const std::string_view group = manifest::api_group(object);
  return object.kind == "Ingress" && (group == "networking.k8s.io" || group == "extensions");
}

/// Of a backend: service.name, or serviceName before networking.k8s.io/v1. Null for other
/// resources.
const Node* service_name(const Node* backend) {
  const Node* const name = manifest::child(manifest::child(backend, "service"), "name");
  return name != nullptr ? name : manifest::child(backend, "serviceName");
}

std::vector<const Node*> service_names(const kubernetes::Object& ingress) {
  std::vector<const Node*> names;
  const auto add = [&names](const Node* backend) {
    if (const Node* name = service_name(backend)) names.push_back(name);
  };
  add(ingress.at({"spec", "defaultBackend"}));
  add(ingress.at({"spec", "backend"}));
  for (const Node* rule : manifest::elements(ingress.at({"spec", "rules"}))) {
    for (const Node* path : manifest::elements(rule->at({"http", "paths"}))) {
      add(path->find("backend"));
    }
  }
  return names;
}

/// The name of a set of annotations of the AWS load balancer controller, not of a Service.
bool is_action(const Node& backend_name, const kubernetes::Object& ingress) {
  const std::string key = "alb.ingress.kubernetes.io/actions." + std::string(backend_name.str());
  return manifest::child(ingress.at({"metadata", "annotations"}), key) != nullptr;
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  std::vector<const kubernetes::Object*> all;
  for (const kubernetes::Object& object : manifests.objects) {
    if (is_ingress(object)) all.push_back(&object);
  }
  if (all.empty()) return;
  const ObjectNames names(manifests);
  for (const kubernetes::Object* ingress : all) {
    for (const Node* name : service_names(*ingress)) {
      if (!names.lack("Service", name->str(), *ingress)) continue;
      if (is_action(*name, *ingress)) continue;
      sink.report(Place{ingress->file, name->span},
                  "no Service here is called '" + std::string(name->str()) + "'");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .before = {kWebService,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  rules:\n"
                "    - http: {paths: [{path: /, backend: {service: {name: «wep», port: {number: "
                "80}}}}]}\n"}},
    {.name = "its name",
     .before = {kWebService,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  rules:\n"
                "    - http: {paths: [{path: /, backend: {service: {name: web, port: {number: "
                "80}}}}]}\n"}},
    {.name = "Services elsewhere",
     .before =
         "apiVersion: networking.k8s.io/v1\n"
         "kind: Ingress\n"
         "metadata: {name: web}\n"
         "spec:\n"
         "  rules:\n"
         "    - http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}\n"},
    {.name = "an action of the load balancer",
     .before = {kWebService,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata: {name: web, annotations: {alb.ingress.kubernetes.io/actions.redirect: "
                "\"{}\"}}\n"
                "spec:\n"
                "  rules:\n"
                "    - http: {paths: [{path: /, backend: {service: {name: redirect, port: {number: "
                "80}}}}]}\n"}},
};

}  // namespace

const Rule& ingress_dangling() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
