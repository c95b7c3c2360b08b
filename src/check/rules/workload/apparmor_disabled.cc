#include <string>

#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "apparmor-disabled",
    .title = "AppArmor is switched off",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .aliases = "trivy:KSV-0002 compose-lint:CL-0009 cis-docker:5.2 kubesec:ApparmorAny",
    .why =
        "The default profile keeps a process that is root in the container away from mounts and "
        "the kernel's settings.",
    .fix_note = "Delete the line, or load a profile that allows what is needed.",
    .sources =
        "https://docs.docker.com/engine/security/apparmor/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

constexpr std::string_view kAnnotation = "container.apparmor.security.beta.kubernetes.io/";

/// The old way to name a profile; null when there is none.
const Node* annotation(const Workload& workload) {
  if (workload.pod == nullptr || workload.pod->metadata == nullptr) return nullptr;
  const Node* all = workload.pod->metadata->find("annotations");
  if (all == nullptr || workload.apparmor.origin != Origin::kSet) return nullptr;
  const Node* value = all->find(std::string(kAnnotation) + workload.name);
  return value != nullptr && value->span == workload.apparmor.place.span ? value : nullptr;
}

bool is_profile(std::string_view text) {
  return text == "runtime/default" || text.starts_with("localhost/");
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.apparmor.is_known()) {
    sink.unknown("the AppArmor profile comes from a variable");
    return;
  }
  if (!workload.apparmor.is_set()) return;
  if (ascii::iequals(workload.apparmor.value, "unconfined")) {
    remedy(sink.report(workload.apparmor.place, "AppArmor is switched off for the container"),
           "go back to the engine's AppArmor profile",
           spelling::take_out(workload, workload.apparmor.place), FixSafety::kUnsafe);
    return;
  }
  const Node* value = annotation(workload);
  if (value == nullptr || is_profile(value->str())) return;
  sink.report(value->span, "'" + std::string(value->str()) +
                               "' is no AppArmor profile (runtime/default, localhost/NAME)")
      .severity = Severity::kMedium;
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [«apparmor:unconfined»]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        appArmorProfile:\n"
                "          type: «Unconfined»\n"}},
    {.name = "by annotation",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
               "    container.apparmor.security.beta.kubernetes.io/web: «unconfined»\nspec:\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "a profile that cannot be",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
               "    container.apparmor.security.beta.kubernetes.io/web: «custom»\nspec:\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "the default profile",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
               "    container.apparmor.security.beta.kubernetes.io/web: runtime/default\nspec:\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "a profile of its own",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [\"apparmor:docker-web\"]\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& apparmor_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
