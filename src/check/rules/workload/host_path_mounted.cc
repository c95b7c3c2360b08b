#include <string>

#include "check/host_path.h"
#include "check/less_of_host.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-path-mounted",
    .title = "A pod uses a path of its node",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0023 polaris:hostPathSet",
    .why =
        "Data on a node ties the pod to it, is open to every other pod that mounts it, and is not "
        "allowed by the baseline profile.",
    .fix_note =
        "Use a persistent volume claim, a config map or an emptyDir. A volume that nobody mounts "
        "goes.",
    .sources =
        "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  for (const HostPath& path : host_paths(workload)) {
    Finding& finding =
        sink.report(path.place, "the node's '" + std::string(path.path) + "' is " +
                                    (path.mounted ? "mounted" : "a volume that nobody mounts"));
    if (!path.mounted) {
      finding.severity = Severity::kLow;
      if (!sink.overflowed()) take_out_unmounted(finding, workload, path);
    } else {
      finding.unfixed =
          works_on_host(workload)
              ? "its image is there to work on the node: accept it where that is meant"
              : "whether the data may go to a claim or with the pod is yours to say";
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "any path",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      hostPath:\n        path: /data\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n      volumeMounts:\n        - name: h\n"
               "          mountPath: «/data»\n"},
    {.name = "not mounted",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      hostPath:\n        path: «/data»\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n",
     .after = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n"
              "    - name: web\n      image: nginx:1.27\n"},
    {.name = "a volume of the cluster",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      emptyDir: {}\n  containers:\n    - name: web\n      image: nginx:1.27\n"
               "      volumeMounts:\n        - name: h\n          mountPath: /data\n"},
};

}  // namespace

const Rule& host_path_mounted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
