#include "check/example_objects.h"
#include "check/hardening.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/security_context.h"
#include "workload/effective_user.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "non-root-not-enforced",
    .title = "Kubernetes is not told to refuse root",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kSafe,
    .aliases = "trivy:KSV-0012 kubesec:RunAsNonRoot semgrep:run-as-non-root",
    .why =
        "With runAsNonRoot the kubelet refuses to start a container as root, so an image that "
        "changes its user cannot slip through.",
    .fix_note =
        "Add runAsNonRoot: true to the pod's securityContext; an image whose USER is a name also "
        "needs runAsUser.",
    .sources = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    .forms = kFormKubernetes,
};

void offer(const Workload& workload, const Sink& sink, Finding& finding) {
  spelling::Edits edits = spelling::set(workload, spelling::Attribute::kRunAsNonRoot, "true");
  if (runs_as_nonroot(workload)) {
    const std::string uid = workload.user.value.substr(0, workload.user.value.find(':'));
    const bool numeric =
        ascii::is_number(uid) || (workload.user.value.empty() && runs_published_image(workload) &&
                                  ascii::is_number(workload.image_facts->user));
    // The kubelet cannot tell by a name.
    remedy(finding, "refuse to start it as root", std::move(edits),
           numeric ? FixSafety::kSafe : FixSafety::kUnsafe);
    return;
  }
  const FixValues& values = sink.options().fix;
  Account account = account_for(workload, values);
  if (workload.user.is_set() || workload.run_as_non_root.is_set()) account.is_choice = false;
  spelling::Edits user = spelling::set(workload, spelling::Attribute::kUser, account.ids);
  if (edits && user) edits->insert(edits->end(), user->begin(), user->end());
  offer_account(finding, "run it as " + account.ids + ", never as root",
                user ? std::move(edits) : std::move(user), account, values);
}

void check(const Workload& workload, Sink& sink) {
  if (is_windows(workload) || workload.run_as_non_root.value == true) return;
  if (!workload.run_as_non_root.is_known()) {
    sink.unknown("runAsNonRoot comes from a template");
    return;
  }
  const bool is_off = workload.run_as_non_root.is_set();
  Finding& finding = is_off
                         ? sink.report(workload.run_as_non_root.place, "runAsNonRoot is false")
                         : sink.missing(workload, workload.group_place, "runAsNonRoot is not set");
  // The user is settled, so the check at the start would only say so again.
  offer(workload, sink, finding);
  const bool settled = workload.user.is_set() && !is_root_user(workload.user.value);
  if (settled) finding.severity = Severity::kInfo;
}

constexpr Example kExamples[] = {
    {.name = "not set",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: «p»\nspec:\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "      securityContext:\n"
              "        runAsNonRoot: true\n"
              "        runAsUser: 101\n"
              "        runAsGroup: 101\n"},
    {.name = "switched off for one container",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsNonRoot: true\n  containers:\n    - name: web\n      image: nginx:1.27\n"
               "      securityContext:\n        runAsNonRoot: «false»\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  securityContext:\n"
              "    runAsNonRoot: true\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"
              "      securityContext:\n"
              "        runAsNonRoot: true\n"
              "        runAsUser: 101\n"
              "        runAsGroup: 101\n"},
    {.name = "set for the pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    runAsNonRoot: true\n  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "set for the container",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        runAsNonRoot: true\n"}},
};

}  // namespace

const Rule& non_root_not_enforced() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
