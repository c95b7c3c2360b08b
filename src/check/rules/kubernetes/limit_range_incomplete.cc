#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "limit-range-incomplete",
    .title = "A LimitRange that gives containers no limits",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .aliases = "trivy:KSV-0039",
    .why =
        "A container that says nothing about itself gets no limit then, and can starve its "
        "node.",
    .fix_note = "Set default, defaultRequest, min and max for type Container.",
    .sources = "https://kubernetes.io/docs/concepts/policy/limit-range/",
};

constexpr std::string_view kWanted[] = {"default", "defaultRequest", "max", "min"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "LimitRange" || object.api_version != "v1") return;
  for (const Node* limit : manifest::elements(object.at({"spec", "limits"}))) {
    const Node* const type = limit->find("type");
    if (type == nullptr || type->str() != "Container") continue;
    for (const std::string_view wanted : kWanted) {
      if (manifest::is_present(limit->find(wanted))) continue;
      sink.report(Place{object.file, limit->span}, "no " + std::string(wanted) + " for containers");
      break;
    }
    return;
  }
  sink.report(object.place, "says nothing about containers");
}

constexpr Example kExamples[] = {
    {.name = "no default",
     .before = "apiVersion: v1\n"
               "kind: LimitRange\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  limits:\n"
               "    - «{type: Container, max: {cpu: 2}}»\n"},
    {.name = "volumes alone",
     .before = "apiVersion: v1\n"
               "kind: LimitRange\n"
               "metadata: {name: «a»}\n"
               "spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 1Gi}}]}\n"},
    {.name = "all four",
     .before = "apiVersion: v1\n"
               "kind: LimitRange\n"
               "metadata: {name: a}\n"
               "spec: {limits: [{type: Container, default: {cpu: 1}, defaultRequest: {cpu: 1}, "
               "min: {cpu: 1}, max: {cpu: 2}}]}\n"},
};

}  // namespace

const Rule& limit_range_incomplete() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
