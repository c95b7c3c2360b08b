#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pod-security-restricted",
    .title = "The pod does not meet the restricted Pod Security Standard",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "A namespace that enforces the profile refuses the pod; one that does not gives an "
        "attacker in the container what the profile would have taken away. This is the "
        "verdict that the API server would give, before it does.",
    .fix_note = "Set the fields that the evidence names; most are the same lines for every pod.",
    .sources =
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
};

constexpr std::size_t kShownFields = 3;

std::string message_of(const kubernetes::SecurityVerdict& verdict, bool misses_baseline) {
  std::string message =
      misses_baseline ? "does not meet baseline: " : "meets baseline, not restricted: ";
  std::size_t shown = 0;
  std::size_t more = 0;
  for (const kubernetes::SecurityGap& gap : verdict.gaps) {
    if (misses_baseline && gap.blocks != kubernetes::SecurityProfile::kBaseline) continue;
    if (shown == kShownFields) {
      ++more;
      continue;
    }
    if (shown++ != 0) message += ", ";
    message += gap.field;
  }
  if (more != 0) message += " and " + std::to_string(more) + " more";
  return message;
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  const kubernetes::SecurityVerdict verdict = kubernetes::judge_pod_security(pod);
  if (!verdict.known) {
    sink.unknown("a field that decides the Pod Security Standard is filled in later");
    return;
  }
  if (verdict.gaps.empty()) return;
  const bool misses_baseline = verdict.profile == kubernetes::SecurityProfile::kPrivileged;
  Finding& finding = sink.report(pod.place, message_of(verdict, misses_baseline));
  if (misses_baseline) finding.severity = Severity::kHigh;
  for (const kubernetes::SecurityGap& gap : verdict.gaps) finding.because(gap.field, gap.want);
}

constexpr Example kExamples[] = {
    {.name = "an ordinary pod",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "misses baseline too",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  hostNetwork: true\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "all that restricted asks",
     .before =
         "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: web}\n"
         "spec:\n"
         "  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n"
         "  containers:\n"
         "    - name: web\n"
         "      image: nginx\n"
         "      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n"},
    {.name = "a template decides",
     .before =
         "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: web}\n"
         "spec:\n"
         "  securityContext: {runAsNonRoot: \"{{ .Values.nonRoot }}\", seccompProfile: {type: "
         "RuntimeDefault}}\n"
         "  containers:\n"
         "    - name: web\n"
         "      image: nginx\n"
         "      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n"},
};

}  // namespace

const Rule& pod_security_restricted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
