#include <string>

#include "check/host_path.h"
#include "check/less_of_host.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/runtime_socket.h"
#include "check/socket_use.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "docker-socket-mounted",
    .title = "A container engine's socket is mounted",
    .severity = Severity::kCritical,
    .control = Control::kNoDockerSocket,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0006 checkov:CKV_K8S_27 kics:d6355c88 semgrep:exposing-docker-socket-volume "
        "semgrep:exposing-docker-socket-hostpath compose-lint:CL-0001 cis-docker:5.32 "
        "kubesec:DockerSock kube-linter:docker-sock",
    .why =
        "Whoever can talk to the engine can start a privileged container, so the socket is root on "
        "the host. A read-only mount does not help.",
    .fix_note =
        "Put a socket proxy in between that lets through only the calls that are needed, or do "
        "without.",
    .sources =
        "https://docs.docker.com/engine/security/#docker-daemon-attack-surface "
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
};

void check(const Workload& workload, Sink& sink) {
  for (const HostPath& path : host_paths(workload)) {
    std::string_view engine = engine_of_socket(path.path);
    if (engine.empty() && !path.known) engine = engine_of_socket(path.target);
    if (engine.empty()) continue;
    Finding& finding = sink.report(path.place, "the socket of " + std::string(engine) +
                                                   " is mounted: it gives root on the host" +
                                                   (path.read_only ? ", read-only too" : ""));
    finding.because("path", std::string(path.path));
    if (path.mounted && !workload.is_kubernetes() && !is_socket_proxy(workload)) {
      remedy(finding, "take the socket away", spelling::take_out(workload, path.place),
             FixSafety::kUnsafe);
      if (finding.fix) {
        finding.fix->advice =
            "what '" + workload.name +
            "' did over the engine's socket needs another way: " + instead_of_socket(workload);
      }
    }
    if (!path.mounted) {
      finding.message = "the socket of " + std::string(engine) + " is a volume that nobody mounts";
      finding.severity = Severity::kLow;
      if (!sink.overflowed()) take_out_unmounted(finding, workload, path);
    } else if (is_socket_proxy(workload)) {
      finding.message = "the socket of " + std::string(engine) + " is mounted into a proxy for it";
      finding.severity = Severity::kInfo;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «/var/run/docker.sock:/var/run/docker.sock»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "read-only is as good",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «/var/run/docker.sock:/var/run/docker.sock:ro»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "where a variable says",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «${SOCKET}:/var/run/docker.sock»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "Podman's own",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - «/run/podman/podman.sock:/var/run/docker.sock»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "the proxy that others should use",
     .before = "services:\n  web:\n    image: tecnativa/docker-socket-proxy:0.3\n    volumes:\n"
               "      - «/var/run/docker.sock:/var/run/docker.sock:ro»\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n"
               "    - name: sock\n      hostPath:\n        path: /var/run/docker.sock\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n      volumeMounts:\n"
               "        - name: sock\n          mountPath: «/var/run/docker.sock»\n"},
    {.name = "a volume that nobody mounts",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n"
               "    - name: sock\n      hostPath:\n        path: «/var/run/docker.sock»\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n"
              "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -v «/var/run/docker.sock:/var/run/docker.sock» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "some other socket",
     .before = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n"
               "      - ./mysqld.sock:/var/run/mysqld.sock\n"},
};

}  // namespace

const Rule& docker_socket_mounted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
