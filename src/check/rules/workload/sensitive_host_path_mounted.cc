#include <string>

#include "check/host_path.h"
#include "check/less_of_host.h"
#include "check/rule.h"
#include "check/sensitive_path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sensitive-host-path-mounted",
    .title = "A sensitive path of the host is mounted",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0121 kics:1c1325ff compose-lint:CL-0013 compose-lint:CL-0025 cis-docker:5.6 "
        "kube-linter:sensitive-host-mounts",
    .why =
        "Through such a path a container reads keys and passwords of the host, or writes what root "
        "runs there.",
    .fix_note =
        "Mount only the file that is needed, read-only, or copy it into the image. Unsafe: what is "
        "mounted read-only cannot be written.",
    .sources =
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  for (const HostPath& path : host_paths(workload)) {
    const SensitivePath* what = find_sensitive_path(path.path);
    if (what == nullptr) continue;
    const Severity severity = path.read_only ? what->read_only : what->writable;
    if (severity == Severity::kInfo) continue;
    const std::string shown = "'" + std::string(path.path) + "'";
    if (!path.mounted) {
      Finding& finding =
          sink.report(path.place, "the host's " + shown + " is a volume that nobody mounts");
      finding.severity = Severity::kLow;
      if (!sink.overflowed()) take_out_unmounted(finding, workload, path);
      continue;
    }
    Finding& finding = sink.report(path.place, "the host's " + shown + " is mounted" +
                                                   (path.read_only ? "" : " writable") + ": " +
                                                   std::string(what->holds));
    finding.severity = severity;
    if (sink.overflowed()) continue;
    if (!path.read_only && what->read_only == Severity::kInfo) {
      mount_read_only(finding, workload, path);
    } else if (works_on_host(workload)) {
      finding.unfixed = "its image is there to work on the host: accept it where that is meant";
    } else {
      finding.unfixed = "which of the files below it are needed is yours to say";
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "the whole host",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - «/:/host»\n"},
    {.name = "its configuration",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «/etc/:/host/etc:ro»\n"},
    {.name = "somebody's keys",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «~/.ssh:/root/.ssh:ro»\n"},
    {.name = "the folder of the sockets",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - «type: bind\n"
               "        source: /var/run\n        target: /var/run»\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      hostPath:\n        path: /\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n      volumeMounts:\n        - name: h\n"
               "          mountPath: «/host»\n"},
    {.name = "read-only is harmless",
     .before =
         "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
         "      - «/etc/passwd:/etc/passwd»\n      - «\"/lib/modules:/lib/modules:z,rw\"»  # why\n"
         "      - «type: bind\n        source: /var/log\n        target: /logs»\n",
     .after =
         "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
         "      - /etc/passwd:/etc/passwd:ro\n      - \"/lib/modules:/lib/modules:z,ro\"  # why\n"
         "      - type: bind\n        source: /var/log\n        target: /logs\n"
         "        read_only: true\n"},
    {.name = "read-only in a pod, and a volume that nobody mounts",
     .file = "pod.yaml",
     .before = "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: p\r\nspec:\r\n  volumes:\r\n"
               "  - name: h\r\n    hostPath: {path: /var/log}\r\n  - name: old\r\n    hostPath:\r\n"
               "      path: «/etc»\r\n  containers:\r\n  - name: web\r\n    image: nginx:1.27\r\n"
               "    volumeMounts:\r\n    - {name: h, mountPath: «/logs»}\r\n",
     .after = "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: p\r\nspec:\r\n  volumes:\r\n"
              "  - name: h\r\n    hostPath: {path: /var/log}\r\n"
              "  containers:\r\n  - name: web\r\n    image: nginx:1.27\r\n"
              "    volumeMounts:\r\n    - {name: h, mountPath: /logs, readOnly: true}\r\n"},
    {.name = "the time zone",
     .before =
         "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
         "      - /etc/localtime:/etc/localtime:ro\n      - /etc/timezone:/etc/timezone:ro\n"},
    {.name = "kernel modules to read",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - /lib/modules:/lib/modules:ro\n"},
    {.name = "an application's own folder",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - /etc/web:/etc/web\n"
               "      - ./data:/data\n      - data:/var/lib/data\nvolumes:\n  data: {}\n"},
    {.name = "data of a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: h\n"
               "      hostPath:\n        path: /data\n  containers:\n    - name: web\n"
               "      image: nginx:1.27\n      volumeMounts:\n        - name: h\n"
               "          mountPath: /data\n"},
};

}  // namespace

const Rule& sensitive_host_path_mounted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
