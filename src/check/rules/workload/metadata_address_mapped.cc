#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "metadata-address-mapped",
    .title = "A name leads to the cloud's metadata service",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "The metadata service hands out the machine's credentials; a name for it gets past filters "
        "that only know its address.",
    .fix_note = "Delete the entry and give the container the credentials it needs by itself.",
    .sources =
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"
        "configuring-instance-metadata-service.html",
};

constexpr std::string_view kAddresses[] = {"169.254.169.254", "169.254.170.2",   "100.100.100.200",
                                           "fd00:ec2::254",   "[fd00:ec2::254]", "fd20:ce::254"};

/// "name:address".
bool is_metadata_service(std::string_view entry) {
  for (const std::string_view address : kAddresses) {
    if (entry.size() <= address.size() || !entry.ends_with(address)) continue;
    const char before = entry[entry.size() - address.size() - 1];
    if (before == ':' || before == '=') return true;
  }
  return false;
}

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.extra_hosts.items) {
    if (!is_metadata_service(item.value)) continue;
    sink.report(item.place, "'" + item.value + "' leads to the cloud's metadata service");
  }
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    extra_hosts:\n"
               "      - «metadata:169.254.169.254»\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostAliases:\n"
               "    - ip: 169.254.169.254\n      hostnames: [«metadata»]\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "another address",
     .before = "services:\n  web:\n    image: nginx:1.27\n    extra_hosts:\n"
               "      - \"host.docker.internal:host-gateway\"\n      - \"db:10.0.0.5\"\n"},
};

}  // namespace

const Rule& metadata_address_mapped() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
