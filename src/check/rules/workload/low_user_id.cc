#include <string>

#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "low-user-id",
    .title = "The user id may belong to somebody on the host",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0020 checkov:CKV_K8S_40 kubesec:RunAsUser "
        "kube-score:container-security-context-user-group-id",
    .why =
        "Without a user namespace the id is the same on the host: a process that gets out is "
        "whoever has that id there.",
    .fix_note =
        "Choose an id of 10000 or more and give the image's files to it, or use a user namespace "
        "(hostUsers: false, userns-remap).",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
};

bool has_own_user_namespace(const Workload& workload) {
  const std::string& mode = workload.userns_mode.value;
  return workload.userns_mode.is_set() && !mode.empty() && mode != "host";
}

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || has_own_user_namespace(workload) || !workload.user.is_known()) return;
  if (!workload.user.is_set() || workload.user.value.empty()) {
    if (!workload.is_kubernetes()) return;
    sink.missing(workload, workload.group_place, "no user id of 10000 or more is set");
    return;
  }
  // The account that the image brings is as good set as unset.
  if (workload.is_engine() && workload.user.value == known_account(workload)) return;
  const std::string_view uid =
      std::string_view(workload.user.value).substr(0, workload.user.value.find(':'));
  static constexpr std::size_t kDigitsOf10000 = 5;
  if (!ascii::is_number(uid) || uid.size() >= kDigitsOf10000) return;
  sink.report(workload.user.place, "the user id '" + std::string(uid) + "' is below 10000");
}

constexpr Example kExamples[] = {
    {.name = "a low id",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsUser: «1000»\n"}},
    {.name = "none for a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "a high id",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsUser: 10001\n"}},
    {.name = "ids of its own",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostUsers: false\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "a low id in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: «\"1000:1000\"»\n"},
    {.name = "a name", .before = "services:\n  web:\n    image: nginx:1.27\n    user: node\n"},
};

}  // namespace

const Rule& low_user_id() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
