#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tmpfs-unrestricted",
    .title = "A tmpfs allows more than it should",
    .severity = Severity::kLow,
    .control = Control::kReadOnlyFilesystem,
    .fix_safety = FixSafety::kSafe,
    .aliases = "compose-lint:CL-0022",
    .why =
        "A folder that everybody may write to should not run programs, and one in memory without a "
        "size takes the host's memory.",
    .fix_note =
        "Write size= and leave out exec, suid and dev: Docker's defaults are noexec, nosuid and "
        "nodev.",
    .sources = "https://docs.docker.com/engine/storage/tmpfs/",
};

void check_mount(const Workload& workload, const Mount& mount, Sink& sink) {
  bool has_size = false;
  for (const std::string_view option : ascii::split(mount.options, ',')) {
    has_size = has_size || option.starts_with("size=");
    if (option != "exec" && option != "suid" && option != "dev") continue;
    sink.report(mount.place,
                "the tmpfs '" + mount.target + "' is mounted with " + std::string(option));
  }
  if (has_size || !mount.known || workload.resources.memory_limit.origin != Origin::kDefault)
    return;
  sink.report(mount.place, "the tmpfs '" + mount.target + "' has no size").severity =
      Severity::kInfo;
}

void check(const Workload& workload, Sink& sink) {
  for (const Mount& mount : workload.tmpfs) check_mount(workload, mount, sink);
  for (const Mount& mount : workload.mounts) {
    if (mount.type == Mount::Type::kTmpfs) check_mount(workload, mount, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "programs may run from it",
     .before =
         "services:\n  web:\n    image: nginx:1.27\n    tmpfs:\n      - «/tmp:exec,size=64m»\n"},
    {.name = "without a size",
     .before = "services:\n  web:\n    image: nginx:1.27\n    tmpfs:\n      - «/tmp»\n"},
    {.name = "bounded",
     .before =
         "services:\n  web:\n    image: nginx:1.27\n    tmpfs:\n      - /tmp:size=64m,noexec\n"},
    {.name = "bounded by the memory limit",
     .before = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 256m\n    tmpfs:\n"
               "      - /tmp\n"},
    {.name = "bounded in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: t\n"
               "      emptyDir:\n        medium: Memory\n        sizeLimit: 64Mi\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n      volumeMounts:\n        - name: t\n"
               "          mountPath: /tmp\n"},
};

}  // namespace

const Rule& tmpfs_unrestricted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
