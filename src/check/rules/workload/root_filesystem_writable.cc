#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "root-filesystem-writable",
    .title = "The root file system is writable",
    .severity = Severity::kLow,
    .control = Control::kReadOnlyFilesystem,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0014 checkov:CKV_K8S_22 semgrep:writable-filesystem-service "
        "semgrep:writable-filesystem-container compose-lint:CL-0007 cis-docker:5.13 "
        "kubesec:ReadOnlyRootFilesystem "
        "kube-score:container-security-context-readonlyrootfilesystem "
        "kube-linter:no-read-only-root-fs polaris:notReadOnlyRootFilesystem",
    .why =
        "On a read-only file system an intruder can neither leave a tool behind nor change the "
        "program.",
    .fix_note =
        "Add read_only: true and a tmpfs (or emptyDir) for each folder that is written: /tmp, "
        "/run, caches.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ "
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload)) return;
  if (!workload.read_only.is_known()) {
    sink.unknown("whether the root file system is read-only comes from a variable");
    return;
  }
  if (workload.read_only.value) return;
  Finding& finding = workload.read_only.is_set()
                         ? sink.report(workload.read_only.place, "the root file system is writable")
                         : sink.missing(workload, "the root file system is not read-only");
  const NeededScratch scratch = needed_scratch(workload);
  remedy(finding, "make the root file system read-only",
         spelling::make_read_only(workload, scratch.folders),
         scratch.known ? FixSafety::kSafe : FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "not said",
     .before = "services:\n  «web»:\n    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    read_only: true\n"
              "    tmpfs:\n"
              "      - /run:noexec,nosuid,nodev,size=64m\n"
              "      - /var/cache/nginx:noexec,nosuid,nodev,size=64m\n"},
    {.name = "said",
     .before = "services:\n  web:\n    image: nginx:1.27\n    read_only: «false»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    read_only: true\n"
              "    tmpfs:\n"
              "      - /run:noexec,nosuid,nodev,size=64m\n"
              "      - /var/cache/nginx:noexec,nosuid,nodev,size=64m\n"},
    {.name = "read-only",
     .before =
         "services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    tmpfs: [/tmp]\n"},
    {.name = "not said in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n"
               "    - name: «web»\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "      securityContext:\n"
              "        readOnlyRootFilesystem: true\n"
              "      volumeMounts:\n"
              "        - name: scratch-run\n"
              "          mountPath: /run\n"
              "        - name: scratch-var-cache-nginx\n"
              "          mountPath: /var/cache/nginx\n"
              "  volumes:\n"
              "    - name: scratch-run\n"
              "      emptyDir:\n"
              "        sizeLimit: 64Mi\n"
              "    - name: scratch-var-cache-nginx\n"
              "      emptyDir:\n"
              "        sizeLimit: 64Mi\n"},
    {.name = "said in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        readOnlyRootFilesystem: «false»\n"}},
    {.name = "read-only in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        readOnlyRootFilesystem: true\n"}},
};

}  // namespace

const Rule& root_filesystem_writable() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
