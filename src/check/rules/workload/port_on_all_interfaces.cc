#include "check/published_port.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "port-on-all-interfaces",
    .title = "A port is open to the network",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "compose-lint:CL-0005 kics:451d79dc dclint:no-unbound-port-interfaces cis-docker:5.14",
    .why =
        "Docker opens published ports past the host's firewall, on every network that the machine "
        "is in.",
    .fix_note = "Publish on 127.0.0.1 what only this host or its reverse proxy should reach.",
    .sources = "https://docs.docker.com/engine/network/port-publishing/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.ports.empty() || workload.network_mode.value == "host") return;
  const FixValue& address = sink.options().fix.publish;
  for (const Port& port : workload.ports) {
    // Web servers are there to be reached; databases have a rule of their own.
    if (!on_all_interfaces(port) || is_web_port(port) || !sensitive_service(port).empty()) continue;
    if (port.container_port.empty()) continue;
    const Place place = port.place.file == nullptr ? workload.place : port.place;
    remedy(sink.report(place, "port '" + port.container_port + "' is published on all interfaces"),
           "publish it on " + address.text + " only",
           spelling::publish_on(workload, port, address.text), address, "publish");
  }
}

constexpr Example kExamples[] = {
    {.name = "an application",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    ports:\n"
               "      - «5000:5000»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: app:1\n"
              "    ports:\n"
              "      - \"127.0.0.1:5000:5000\"\n"},
    {.name = "for this host only",
     .before = "services:\n"
               "  a:\n"
               "    image: app:1\n"
               "    ports:\n"
               "      - 127.0.0.1:5000:5000\n"},
    {.name = "a web server",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "      - 443:443\n"
               "      - 8080:8080\n"},
    {.name = "a database has its own rule",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    ports:\n"
               "      - 5432:5432\n"},
};

}  // namespace

const Rule& port_on_all_interfaces() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
