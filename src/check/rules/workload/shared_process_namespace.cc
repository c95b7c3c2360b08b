#include <string>

#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shared-process-namespace",
    .title = "Containers see each other's processes",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Each container can read the environment and the files of the others through /proc, and "
        "stop them.",
    .fix_note =
        "Delete it once what it was for (debugging, reloading by signal) is done another way.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
};

constexpr std::string_view kMessage = "containers see and can stop each other's processes";

void check(const Workload& workload, Sink& sink) {
  if (workload.pod != nullptr) {
    const Value<bool>& shared = workload.pod->share_process_namespace;
    if (shared.is_set() && shared.value) {
      remedy(sink.report(shared.place, std::string(kMessage)), "give each container its own",
             spelling::take_out(workload, shared.place), FixSafety::kUnsafe);
    }
    return;
  }
  const std::string& mode = workload.pid_mode.value;
  if (!workload.pid_mode.is_set()) return;
  if (!mode.starts_with("container:") && !mode.starts_with("service:")) return;
  remedy(sink.report(workload.pid_mode.place, std::string(kMessage)),
         "give it a process namespace of its own",
         spelling::take_out(workload, workload.pid_mode.place), FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n"
               "  shareProcessNamespace: «true»\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n",
     .after = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n"
              "  shareProcessNamespace: false\n  containers:\n    - name: web\n"
              "      image: nginx:1.27\n"},
    {.name = "in Compose",
     .before = "services:\n  db:\n    image: postgres:17\n  web:\n    image: nginx:1.27\n"
               "    pid: «service:db»\n",
     .after = "services:\n  db:\n    image: postgres:17\n  web:\n    image: nginx:1.27\n"},
    {.name = "off",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n"
               "  shareProcessNamespace: false\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& shared_process_namespace() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
