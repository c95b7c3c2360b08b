#include <string>

#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/security_context.h"
#include "workload/effective_user.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-runs-as-root",
    .title = "The container runs as root",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "checkov:CKV_K8S_23 kube-linter:run-as-non-root polaris:runAsRootAllowed cis-docker:4.1",
    .why =
        "Whoever breaks into the process is root in the container, and one kernel or engine bug "
        "away from root on the host.",
    .fix_note =
        "Set user: (Compose), runAsUser and runAsNonRoot (Kubernetes) or --user; what the process "
        "writes must belong to that user first.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#user "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

/// Named, but not one that we know or that is built here: Docker's default is root.
void offer(const Workload& workload, const Sink& sink, Finding& finding) {
  if (workload.dockerfile != nullptr) {
    finding.unfixed = "its Dockerfile is the place to mend it";
    return;
  }
  const FixValues& values = sink.options().fix;
  Account account = account_for(workload, values);
  // Somebody asked for root, and may have had a reason.
  if (workload.user.is_set()) account.is_choice = false;
  offer_account(finding, "run it as " + account.ids,
                spelling::set(workload, spelling::Attribute::kUser, account.ids), account, values);
}

bool has_a_foreign_image(const Workload& workload) {
  return workload.user.is_known() && workload.run_as_non_root.is_known() &&
         workload.dockerfile == nullptr && !workload.build && workload.image.is_known() &&
         !workload.image.value.empty();
}

/// Nobody said who it shall run as, but who it does run as is known: processes-run-as-root says it.
bool is_observed(const Workload& workload) {
  return workload.live && workload.live->running && workload.live->processes &&
         workload.user.is_known() && workload.user.value.empty();
}

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || is_observed(workload)) return;
  const EffectiveUser user = effective_user(workload);
  if (user.runs_as == RunsAs::kNonRoot || user.runs_as == RunsAs::kDropsRoot) return;
  const bool is_root = user.runs_as == RunsAs::kRoot;
  if (!is_root && !has_a_foreign_image(workload)) {
    sink.unknown(user.explain());
    return;
  }
  if (is_root && user.place.file != nullptr) {
    const std::string& name = workload.user.value;
    const std::string reason = name.empty() ? user.explain() : "the user is '" + name + "'";
    Finding& finding = sink.report(user.place, "the container runs as root: " + reason);
    finding.evidence = user.facts;
    offer(workload, sink, finding);
    return;
  }
  Finding& finding = sink.missing(workload, workload.group_place,
                                  is_root ? "no user is set, and the image runs as root"
                                          : "no user is set, and most images run as root");
  if (!is_root) finding.severity = Severity::kMedium;
  finding.alone = (is_root ? "runs as root: " : "may run as root: ") + user.explain();
  finding.evidence = user.facts;
  offer(workload, sink, finding);
}

constexpr Example kExamples[] = {
    {.name = "the image is root and nobody says otherwise",
     .before = "services:\n  «web»:\n    image: node:22\n    command: [serve]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: node:22\n"
              "    command: [serve]\n"
              "    user: \"1000:1000\"\n"},
    {.name = "root is asked for",
     .before = "services:\n  web:\n    image: nginx:1.27\n    user: «root»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    user: \"101:101\"\n"},
    {.name = "root by number",
     .before = "services:\n  web:\n    image: node:22\n    user: «\"0:0\"»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: node:22\n"
              "    user: \"1000:1000\"\n"},
    {.name = "another user",
     .before = "services:\n  web:\n    image: node:22\n    user: \"1000:1000\"\n"},
    {.name = "the Dockerfile sets the user",
     .before = "-- compose.yaml --\nservices:\n  web:\n    build: .\n-- Dockerfile --\n"
               "FROM node:22\nUSER node\n"},
    {.name = "an image that drops root by itself",
     .before = "services:\n  db:\n    image: postgres:17\n"},
    {.name = "an image built elsewhere", .before = "services:\n  web:\n    image: ${IMAGE}\n"},
    {.name = "a pod that sets no user",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  containers:\n"
               "    - name: a\n      image: node:22\n    - name: b\n      image: node:22\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  containers:\n"
              "    - name: a\n"
              "      image: node:22\n"
              "      securityContext:\n"
              "        runAsUser: 1000\n"
              "        runAsGroup: 1000\n"
              "    - name: b\n"
              "      image: node:22\n"
              "      securityContext:\n"
              "        runAsUser: 1000\n"
              "        runAsGroup: 1000\n"},
    {.name = "a pod that asks for root",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsUser: «0»\n  containers:\n    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  securityContext:\n"
              "    runAsUser: 0\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "      securityContext:\n"
              "        runAsUser: 101\n"
              "        runAsGroup: 101\n"},
    {.name = "the kubelet refuses root",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsNonRoot: true\n"}},
    {.name = "a container that is running",
     .file = "inspect.json",
     .before = "[{\"Name\": \"/web\", \"Config\": {\"Image\": \"node:22\", \"User\": «\"\"»}, "
               "\"HostConfig\": {}}]\n"},
    {.name = "a container whose processes are known to be others",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/db\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[\"999\", \"41\", \"postgres\"]]}}\n"},
    {.name = "a unit file",
     .file = "app.container",
     .before = "[Container]\nImage=docker.io/library/node:22\nUser=«root»\n",
     .after = "[Container]\n"
              "Image=docker.io/library/node:22\n"
              "User=1000\n"
              "Group=1000\n"},
    {.name = "a pod with a user",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsUser: 1000\n  containers:\n    - name: web\n      image: nginx:1.27\n"},
};

}  // namespace

const Rule& container_runs_as_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
