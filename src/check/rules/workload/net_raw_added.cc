#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "net-raw-added",
    .title = "Raw sockets are asked for",
    .severity = Severity::kMedium,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0119",
    .why =
        "With NET_RAW a process can read and forge packets on its network: pretend to be another "
        "pod, or answer for the DNS server.",
    .fix_note = "ping works without it on current kernels (net.ipv4.ping_group_range).",
    .sources =
        "https://man7.org/linux/man-pages/man7/capabilities.7.html "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  const Item* item = workload.cap_add.find("NET_RAW");
  if (item == nullptr) return;
  remedy(sink.report(item->place, "the capability NET_RAW is added"), "take NET_RAW away",
         spelling::take_out(workload, item->place), FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          add: [«NET_RAW»]\n"}},
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"
               "    cap_add: [«NET_RAW»]\n",
     .after = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n"},
    {.name = "another one",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        capabilities:\n"
                "          add: [NET_ADMIN]\n"}},
};

}  // namespace

const Rule& net_raw_added() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
