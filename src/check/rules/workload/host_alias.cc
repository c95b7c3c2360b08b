#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-alias",
    .title = "The pod's hosts file is written by hand",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0007 kubesec:HostAliases",
    .why =
        "The pod keeps talking to an address after the service has moved, or to whoever has it "
        "next.",
    .fix_note = "Make a Service for it (without selector, with EndpointSlice) or fix the DNS.",
    .sources = "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.extra_hosts.items.empty()) return;
  sink.report(workload.extra_hosts.items.front().place, "names are mapped to addresses by hand");
}

constexpr Example kExamples[] = {
    {.name = "an alias",
     .file = "pod.yaml",
     .before =
         "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostAliases:\n"
         "    - ip: 10.0.0.5\n      hostnames: [«db», cache]\n  containers:\n    - name: web\n"
         "      image: nginx:1.27\n"},
    {.name = "none", .file = "pod.yaml", .before = kPodWithWeb},
};

}  // namespace

const Rule& host_alias() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
