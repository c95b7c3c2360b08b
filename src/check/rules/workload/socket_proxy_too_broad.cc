#include <string>

#include "check/rule.h"
#include "check/runtime_socket.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "socket-proxy-too-broad",
    .title = "The socket proxy lets dangerous calls through",
    .severity = Severity::kHigh,
    .control = Control::kNoDockerSocket,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Who may create a container through the proxy may create a privileged one; then the proxy "
        "protects nothing.",
    .fix_note = "Leave POST at 0; ALLOW_START, ALLOW_STOP and ALLOW_RESTARTS cover restarts.",
    .sources = "https://github.com/Tecnativa/docker-socket-proxy",
};

constexpr std::string_view kPowerful[] = {"CONTAINERS", "EXEC",    "SERVICES",
                                          "SWARM",      "PLUGINS", "BUILD"};

bool is_on(const EnvironmentVariable* variable) {
  return variable != nullptr && (variable->value == "1" || ascii::iequals(variable->value, "true"));
}

void check(const Workload& workload, Sink& sink) {
  if (!is_socket_proxy(workload)) return;
  const EnvironmentVariable* post = workload.variable("POST");
  if (post == nullptr || !is_on(post)) return;
  for (const std::string_view name : kPowerful) {
    if (!is_on(workload.variable(name))) continue;
    sink.report(post->place, "the proxy lets everybody change what " + std::string(name) +
                                 " names: that is root on the host")
        .because("variable", std::string(name));
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "containers may be made",
     .before = "services:\n  web:\n    image: tecnativa/docker-socket-proxy:0.3\n    environment:\n"
               "      CONTAINERS: 1\n      «POST»: 1\n"},
    {.name = "only reading",
     .before = "services:\n  web:\n    image: tecnativa/docker-socket-proxy:0.3\n    environment:\n"
               "      CONTAINERS: 1\n"},
    {.name = "writing what does no harm",
     .before = "services:\n  web:\n    image: tecnativa/docker-socket-proxy:0.3\n    environment:\n"
               "      POST: 1\n      NETWORKS: 1\n      CONTAINERS: 0\n"},
    {.name = "another image",
     .before = "services:\n  web:\n    image: nginx:1.27\n    environment:\n      CONTAINERS: 1\n"
               "      POST: 1\n"},
};

}  // namespace

const Rule& socket_proxy_too_broad() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
