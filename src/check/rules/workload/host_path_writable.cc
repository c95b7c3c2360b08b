#include <string>

#include "check/host_path.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-path-writable",
    .title = "A path of the node may be written",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-linter:writable-host-mount",
    .why = "What the container writes there outlives it, and is read by other pods or by the node.",
    .fix_note = "Unsafe: readOnly: true for the mount, when the program only reads.",
    .sources = "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  for (const HostPath& path : host_paths(workload)) {
    if (!path.mounted || path.read_only || !path.known) continue;
    sink.report(path.place, "the node's '" + std::string(path.path) + "' may be written");
  }
}

constexpr Example kExamples[] = {
    {.name = "may be written",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  volumes:\n"
               "    - {name: h, hostPath: {path: /data}}\n"
               "  containers:\n"
               "    - name: web\n"
               "      image: nginx:1.27\n"
               "      volumeMounts:\n"
               "        - name: h\n"
               "          mountPath: «/data»\n"},
    {.name = "read only",
     .file = "pod.yaml",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  volumes:\n"
               "    - {name: h, hostPath: {path: /data}}\n"
               "  containers:\n"
               "    - name: web\n"
               "      image: nginx:1.27\n"
               "      volumeMounts: [{name: h, mountPath: /data, readOnly: true}]\n"},
};

}  // namespace

const Rule& host_path_writable() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
