#include <span>
#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "unsafe-sysctl",
    .title = "A kernel setting is changed",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0026 compose-lint:CL-0023 kube-linter:unsafe-sysctls",
    .why =
        "Unsafe settings act on the node or on other pods; routing turns the container into a way "
        "between networks.",
    .fix_note = "Delete it unless the program says that it needs it.",
    .sources =
        "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ "
        "https://docs.docker.com/reference/compose-file/services/#sysctls",
};

// Source: Pod Security Standards, v1.36.
constexpr std::string_view kSafe[] = {"kernel.shm_rmid_forced",
                                      "net.ipv4.ip_local_port_range",
                                      "net.ipv4.ip_unprivileged_port_start",
                                      "net.ipv4.tcp_syncookies",
                                      "net.ipv4.ping_group_range",
                                      "net.ipv4.ip_local_reserved_ports",
                                      "net.ipv4.tcp_keepalive_time",
                                      "net.ipv4.tcp_fin_timeout",
                                      "net.ipv4.tcp_keepalive_intvl",
                                      "net.ipv4.tcp_keepalive_probes",
                                      "net.ipv4.tcp_rmem",
                                      "net.ipv4.tcp_wmem"};
constexpr std::string_view kRouting[] = {
    "net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.ipv4.conf.all.accept_source_route",
    "net.ipv4.conf.all.accept_redirects", "net.ipv4.conf.all.send_redirects"};

/// kernel/msgmax is kernel.msgmax.
bool equals(std::string_view written, std::string_view name) {
  if (written.size() != name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (written[i] != name[i] && !(written[i] == '/' && name[i] == '.')) return false;
  }
  return true;
}

bool is_any_of(std::string_view written, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (equals(written, name)) return true;
  }
  return false;
}

void check(const Workload& workload, Sink& sink) {
  for (const Item& item : workload.sysctls.items) {
    const std::string_view setting = item.value;
    const std::size_t equals = setting.find('=');
    const std::string_view name = setting.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : setting.substr(equals + 1);
    if (workload.is_kubernetes()) {
      if (is_any_of(name, kSafe)) continue;
      sink.report(item.place, "'" + std::string(name) + "' is not one of the safe kernel settings")
          .severity = Severity::kMedium;
    } else if (value == "1" && is_any_of(name, kRouting)) {
      sink.report(item.place, "'" + std::string(name) + "' lets the container route for others");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "unsafe in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    sysctls:\n      - name: «kernel.msgmax»\n        value: \"65536\"\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "safe in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  securityContext:\n"
               "    sysctls:\n      - name: net.ipv4.tcp_syncookies\n        value: \"1\"\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "routing",
     .before = "services:\n  web:\n    image: nginx:1.27\n    sysctls:\n"
               "      - «net.ipv4.ip_forward=1»\n"},
    {.name = "tuning",
     .before = "services:\n  web:\n    image: nginx:1.27\n    sysctls:\n"
               "      - net.core.somaxconn=1024\n"},
};

}  // namespace

const Rule& unsafe_sysctl() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
