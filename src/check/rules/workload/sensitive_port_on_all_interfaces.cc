#include "check/published_port.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sensitive-port-on-all-interfaces",
    .title = "A database or debug port is open to the network",
    .severity = Severity::kHigh,
    .control = Control::kNetworkSegmentation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "compose-lint:CL-0005 kics:451d79dc dclint:no-unbound-port-interfaces cis-docker:5.14",
    .why =
        "Docker opens published ports past the host's firewall: whoever reaches the machine "
        "reaches the service, and such services are found by scanners within minutes.",
    .fix_note =
        "Publish on 127.0.0.1, or not at all: containers of one network reach each other without "
        "it.",
    .sources = "https://docs.docker.com/engine/network/port-publishing/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.ports.empty() || workload.network_mode.value == "host") return;
  for (const Port& port : workload.ports) {
    if (!on_all_interfaces(port)) continue;
    const std::string_view service = sensitive_service(port);
    if (service.empty()) continue;
    const Place place = port.place.file == nullptr ? workload.place : port.place;
    remedy(sink.report(place, "port " + port.container_port + " (" + std::string(service) +
                                  ") is published on all interfaces"),
           "publish it on the loopback only", spelling::publish_on(workload, port, "127.0.0.1"),
           FixSafety::kSafe);
  }
}

constexpr Example kExamples[] = {
    {.name = "a database",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    ports:\n"
               "      - «\"5432:5432\"»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: postgres:17\n"
              "    ports:\n"
              "      - \"127.0.0.1:5432:5432\"\n"},
    {.name = "behind another number",
     .before = "services:\n"
               "  db:\n"
               "    image: redis:7\n"
               "    ports:\n"
               "      - «16379:6379»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: redis:7\n"
              "    ports:\n"
              "      - \"127.0.0.1:16379:6379\"\n"},
    {.name = "spelt out",
     .before = "services:\n"
               "  db:\n"
               "    image: mysql:8.4\n"
               "    ports:\n"
               "      - «0.0.0.0:3306:3306»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: mysql:8.4\n"
              "    ports:\n"
              "      - \"127.0.0.1:3306:3306\"\n"},
    {.name = "the long form",
     .before = "services:\n"
               "  db:\n"
               "    image: mongo:7\n"
               "    ports:\n"
               "      - «target: 27017\n"
               "        published: \"27017\"»\n",
     .after = "services:\n"
              "  db:\n"
              "    image: mongo:7\n"
              "    ports:\n"
              "      - target: 27017\n"
              "        published: \"27017\"\n"
              "        host_ip: \"127.0.0.1\"\n"},
    {.name = "for this host only",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    ports:\n"
               "      - 127.0.0.1:5432:5432\n"},
    {.name = "not published",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    expose:\n"
               "      - \"5432\"\n"},
    {.name = "a web server",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 80:80\n"
               "      - 5432:8080\n"},
    {.name = "an address decided elsewhere",
     .before = "services:\n"
               "  db:\n"
               "    image: postgres:17\n"
               "    ports:\n"
               "      - ${IP}:5432:5432\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d -p «6379:6379» redis:7\n",
     .after = "docker run -d -p 127.0.0.1:6379:6379 redis:7\n"},
};

}  // namespace

const Rule& sensitive_port_on_all_interfaces() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
