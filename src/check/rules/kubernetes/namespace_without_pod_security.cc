#include "check/manifest.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "namespace-without-pod-security",
    .title = "A namespace that enforces no Pod Security Standard",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why = "Without the label, pods that are privileged, or that mount the host, are admitted.",
    .fix_note =
        "Label it with pod-security.kubernetes.io/enforce: restricted (or baseline); try "
        "warn and audit first.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/"
        "enforce-standards-namespace-labels/",
};

constexpr std::string_view kLabel = "pod-security.kubernetes.io/enforce";

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Namespace" || object.api_version != "v1") return;
  const Node* const level = manifest::child(object.at({"metadata", "labels"}), kLabel);
  if (!manifest::is_present(level)) {
    Finding& finding = sink.report(object.place, "no Pod Security Standard is enforced");
    finding.absence = true;
    remedy(finding, "enforce the baseline standard",
           yaml::put(*object.file, *object.node, {"metadata", "labels", std::string(kLabel)},
                     yaml::NewNode::of("baseline")),
           FixSafety::kUnsafe);
  } else if (level->str() == "privileged") {
    sink.report(Place{object.file, level->span}, "'privileged' lets every pod in");
  }
}

constexpr Example kExamples[] = {
    {.name = "no label",
     .before = "apiVersion: v1\n"
               "kind: Namespace\n"
               "metadata: {name: «shop»}\n",
     .after = "apiVersion: v1\n"
              "kind: Namespace\n"
              "metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}\n"},
    {.name = "privileged",
     .before =
         "apiVersion: v1\n"
         "kind: Namespace\n"
         "metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: «privileged»}}\n"},
    {.name = "baseline",
     .before = "apiVersion: v1\n"
               "kind: Namespace\n"
               "metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}\n"},
};

}  // namespace

const Rule& namespace_without_pod_security() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
