#include <optional>
#include <string>

#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "low-group-id",
    .title = "The group id may belong to a group of the host",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0021 kubesec:RunAsGroup",
    .why =
        "Without a user namespace the group is the same on the host: files that the group may read "
        "there are open to a process that gets out.",
    .fix_note = "Choose a group id of 10000 or more and give the image's files to it.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
};

constexpr std::size_t kDigitsOf10000 = 5;

void check_pod(const Workload& workload, Sink& sink) {
  const Node* group = security_context_field(workload, "runAsGroup");
  if (group == nullptr) {
    sink.missing(workload, workload.group_place, "no group id of 10000 or more is set");
    return;
  }
  const std::optional<std::int64_t> gid = group->as_int();
  if (!gid || *gid >= 10000) return;
  sink.report(group->span, "the group id '" + std::to_string(*gid) + "' is below 10000");
}

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload)) return;
  if (workload.is_kubernetes()) {
    check_pod(workload, sink);
    return;
  }
  const std::string& user = workload.user.value;
  const std::size_t colon = user.find(':');
  if (!workload.user.is_set() || colon == std::string::npos) return;
  if (user == known_account(workload)) return;  // what the image brings is as good set as unset
  const std::string_view gid = std::string_view(user).substr(colon + 1);
  if (!ascii::is_number(gid) || gid.size() >= kDigitsOf10000) return;
  sink.report(workload.user.place, "the group id '" + std::string(gid) + "' is below 10000");
}

constexpr Example kExamples[] = {
    {.name = "a low id",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsGroup: «100»\n"}},
    {.name = "a low id for the pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsGroup: «100»\n  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "none for a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "a high id",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsGroup: 10004\n"}},
    {.name = "a low id in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: «\"10001:100\"»\n"},
    {.name = "only a user",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: \"10001\"\n"},
};

}  // namespace

const Rule& low_group_id() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
