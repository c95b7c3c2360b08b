#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pull-policy-not-always",
    .title = "A node keeps the image it once pulled",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "checkov:CKV_K8S_15 kube-score:container-image-pull-policy polaris:pullPolicyNotAlways",
    .why =
        "Where a tag was pushed again nodes run different images under one name, and a pod may "
        "start an image whose credentials it does not have.",
    .fix_note =
        "Set imagePullPolicy: Always, or name the image by its digest, which leaves nothing to "
        "decide.",
    .sources = "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.pull_policy.is_known() || workload.pull_policy.value == "Always") return;
  if (!workload.image.is_set() || workload.image.value.find('@') != std::string::npos) return;
  Finding& finding =
      workload.pull_policy.is_set()
          ? sink.report(workload.pull_policy.place,
                        "the pull policy is '" + workload.pull_policy.value + "' and not 'Always'")
          : sink.missing(workload,
                         "images with a tag are only pulled when a node does not have them");
  remedy(finding, "ask the registry at each start",
         spelling::set(workload, spelling::Attribute::kPullPolicy, "Always"), FixSafety::kSafe);
}

constexpr Example kExamples[] = {
    {.name = "written",
     .file = "pod.yaml",
     .before = {kPodWithA, "      imagePullPolicy: «IfNotPresent»\n"}},
    {.name = "the default for a tag", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "the default for latest",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: nginx\n"},
    {.name = "always",
     .file = "pod.yaml",
     .before = {kPodWithA, "      imagePullPolicy: Always\n"}},
    {.name = "a digest",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata:\n"
               "  name: a\n"
               "spec:\n"
               "  containers:\n"
               "    - name: a\n"
               "      image: "
               "nginx@sha256:0000000000000000000000000000000000000000000000000000000000000000\n"},
};

}  // namespace

const Rule& pull_policy_not_always() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
