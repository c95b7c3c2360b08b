#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "resource-quota-incomplete",
    .title = "A ResourceQuota that leaves CPU or memory open",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .aliases = "trivy:KSV-0040",
    .why = "What has no quota, one namespace can take from all others.",
    .fix_note = "Set requests.cpu, requests.memory, limits.cpu and limits.memory.",
    .sources = "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
};

constexpr std::string_view kWanted[] = {"requests.cpu", "requests.memory", "limits.cpu",
                                        "limits.memory"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "ResourceQuota" || object.api_version != "v1") return;
  const Node* const hard = object.at({"spec", "hard"});
  for (const std::string_view wanted : kWanted) {
    if (manifest::is_present(manifest::child(hard, wanted))) continue;
    sink.report(object.place, "no quota for " + std::string(wanted)).absence = true;
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "pods alone",
     .before = "apiVersion: v1\n"
               "kind: ResourceQuota\n"
               "metadata: {name: «a»}\n"
               "spec: {hard: {pods: 10}}\n"},
    {.name = "all four",
     .before = "apiVersion: v1\n"
               "kind: ResourceQuota\n"
               "metadata: {name: a}\n"
               "spec: {hard: {requests.cpu: 1, requests.memory: 1Gi, limits.cpu: 2, limits.memory: "
               "2Gi}}\n"},
};

}  // namespace

const Rule& resource_quota_incomplete() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
