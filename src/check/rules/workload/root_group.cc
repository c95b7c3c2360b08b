#include <string>

#include "check/rule.h"
#include "check/security_context.h"
#include "workload/effective_user.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "root-group",
    .title = "The process is in the root group",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0116",
    .why =
        "Many files of images and hosts may be read or written by group 0, so a process in it can "
        "do more than its user should.",
    .fix_note =
        "Give the files to a group of their own. Images built for OpenShift expect group 0; leave "
        "those.",
    .sources = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

bool is_root_group(std::string_view group) {
  return group == "0" || group == "root";
}

void check(const Workload& workload, Sink& sink) {
  static constexpr std::string_view kMessage = "the process is in the root group";
  const Node* group = security_context_field(workload, "runAsGroup");
  if (group != nullptr && group->as_int() == 0) sink.report(group->span, std::string(kMessage));
  const std::string& user = workload.user.value;
  const std::size_t colon = user.find(':');
  const bool in_user = workload.is_engine() && workload.user.is_set() &&
                       colon != std::string::npos &&
                       is_root_group(std::string_view(user).substr(colon + 1));
  if (in_user && !is_root_user(user)) sink.report(workload.user.place, std::string(kMessage));
  for (const Item& item : workload.group_add.items) {
    if (is_root_group(item.value)) sink.report(item.place, std::string(kMessage));
  }
}

constexpr Example kExamples[] = {
    {.name = "the main group",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: «\"1000:0\"»\n"},
    {.name = "a further group",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: \"1000:1000\"\n"
               "    group_add: [«root»]\n"},
    {.name = "groups of a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsGroup: «0»\n    supplementalGroups: [«0», 2000]\n    fsGroup: «0»\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "another group",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: \"1000:1000\"\n"
               "    group_add: [\"44\"]\n"},
    {.name = "root has its group anyway",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: \"0:0\"\n"},
    {.name = "groups of their own",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsGroup: 3000\n    fsGroup: 2000\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n"},
};

}  // namespace

const Rule& root_group() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
