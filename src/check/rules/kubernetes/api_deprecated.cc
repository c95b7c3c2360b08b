#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "api-deprecated",
    .title = "An API version that Kubernetes has removed",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "trivy:KSV-0107 kube-score:stable-version kube-linter:no-extensions-v1beta "
        "kics:94b76ea5",
    .why =
        "The API server refuses the object: what it was to protect or to run is not there "
        "after the upgrade.",
    .fix_note =
        "Where only the name has changed the fix is safe; elsewhere fields have moved, see "
        "the migration guide.",
    .sources = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
};

struct Removed {
  std::string_view api_version;
  std::string_view kind;  ///< "" = every other one
  std::string_view since;
  std::string_view successor;
  bool renamed_only = false;
};

/// In order: the first that fits counts.
constexpr Removed kRemoved[] = {
    {"extensions/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"},
    {"extensions/v1beta1", "NetworkPolicy", "1.16", "networking.k8s.io/v1", true},
    {"extensions/v1beta1", "PodSecurityPolicy", "1.16", ""},
    {"extensions/v1beta1", "", "1.16", "apps/v1"},
    {"apps/v1beta1", "", "1.16", "apps/v1"},
    {"apps/v1beta2", "", "1.16", "apps/v1", true},
    {"networking.k8s.io/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"},
    {"networking.k8s.io/v1beta1", "IngressClass", "1.22", "networking.k8s.io/v1", true},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration", "1.22",
     "admissionregistration.k8s.io/v1"},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration", "1.22",
     "admissionregistration.k8s.io/v1"},
    {"apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "1.22", "apiextensions.k8s.io/v1"},
    {"apiregistration.k8s.io/v1beta1", "APIService", "1.22", "apiregistration.k8s.io/v1", true},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequest", "1.22", "certificates.k8s.io/v1"},
    {"coordination.k8s.io/v1beta1", "Lease", "1.22", "coordination.k8s.io/v1", true},
    {"rbac.authorization.k8s.io/v1alpha1", "", "1.20", "rbac.authorization.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "", "1.22", "rbac.authorization.k8s.io/v1", true},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", "1.22", "scheduling.k8s.io/v1", true},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.27", "storage.k8s.io/v1", true},
    {"storage.k8s.io/v1beta1", "CSIDriver", "1.22", "storage.k8s.io/v1", true},
    {"storage.k8s.io/v1beta1", "CSINode", "1.22", "storage.k8s.io/v1", true},
    {"storage.k8s.io/v1beta1", "StorageClass", "1.22", "storage.k8s.io/v1", true},
    {"storage.k8s.io/v1beta1", "VolumeAttachment", "1.22", "storage.k8s.io/v1", true},
    {"batch/v2alpha1", "CronJob", "1.21", "batch/v1"},
    {"batch/v1beta1", "CronJob", "1.25", "batch/v1", true},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", "1.25", "discovery.k8s.io/v1"},
    {"events.k8s.io/v1beta1", "Event", "1.25", "events.k8s.io/v1"},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.25", "autoscaling/v2"},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26", "autoscaling/v2", true},
    {"policy/v1beta1", "PodDisruptionBudget", "1.25", "policy/v1"},
    {"policy/v1beta1", "PodSecurityPolicy", "1.25", ""},
    {"node.k8s.io/v1beta1", "RuntimeClass", "1.25", "node.k8s.io/v1", true},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "", "1.26", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "", "1.29", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "", "1.32", "flowcontrol.apiserver.k8s.io/v1"},
};

const Removed* find_removed(const kubernetes::Object& object) {
  const auto* const found =
      std::find_if(std::begin(kRemoved), std::end(kRemoved), [&object](const Removed& one) {
        return one.api_version == object.api_version &&
               (one.kind.empty() || one.kind == object.kind);
      });
  return found == std::end(kRemoved) ? nullptr : found;
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (!ascii::contains(object.api_version, "/v") || !ascii::contains(object.api_version, "a"))
    return;
  const Removed* const removed = find_removed(object);
  const Node* const written = object.node->find("apiVersion");
  if (removed == nullptr || written == nullptr) return;
  std::string message = "Kubernetes " + std::string(removed->since) + " has removed '" +
                        std::string(removed->api_version) + "'";
  if (!removed->successor.empty())
    message += "; it is '" + std::string(removed->successor) + "' now";
  Finding& finding = sink.report(Place{object.file, written->span}, std::move(message));
  if (!removed->renamed_only || !written->is_plain() || written->shared) return;
  finding.fix = Fix{.title = "use " + std::string(removed->successor),
                    .edits = {{written->span, std::string(removed->successor)}}};
}

constexpr Example kExamples[] = {
    {.name = "renamed",
     .before = "apiVersion: «batch/v1beta1»\n"
               "kind: CronJob\n"
               "metadata: {name: a}\n",
     .after = "apiVersion: batch/v1\n"
              "kind: CronJob\n"
              "metadata: {name: a}\n"},
    {.name = "fields have moved",
     .before = "apiVersion: «extensions/v1beta1»\n"
               "kind: Ingress\n"
               "metadata: {name: a}\n"},
    {.name = "today's",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: a}\n"},
    {.name = "a version not in use yet",
     .before = "apiVersion: batch/v2\n"
               "kind: Job\n"
               "metadata: {name: a}\n"},
    {.name = "somebody else's",
     .before = "apiVersion: example.com/v1beta1\n"
               "kind: CronJob\n"
               "metadata: {name: a}\n"},
};

}  // namespace

const Rule& api_deprecated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
