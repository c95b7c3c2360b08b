#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "mount-propagation-shared",
    .title = "Mounts are shared with the host",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0017 cis-docker:5.20 kics:baa452f0",
    .why = "A container that can mount puts its file systems over the host's.",
    .fix_note =
        "Use rslave to see new mounts of the host, or leave it out. Storage drivers of Kubernetes "
        "do need it.",
    .sources = "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
};

void check(const Workload& workload, Sink& sink) {
  for (const Mount& mount : workload.mounts) {
    if (mount.propagation != "shared" && mount.propagation != "rshared") continue;
    sink.report(mount.place, "what is mounted below '" + mount.target + "' appears on the host");
  }
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «./data:/data:rshared»\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      hostPath:\n        path: /data\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n      volumeMounts:\n        - name: h\n"
               "          mountPath: «/data»\n          mountPropagation: Bidirectional\n"},
    {.name = "one way",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - ./data:/data:rslave\n"},
    {.name = "not said",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./data:/data\n"},
};

}  // namespace

const Rule& mount_propagation_shared() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
