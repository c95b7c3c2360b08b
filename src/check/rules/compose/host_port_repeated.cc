#include <map>
#include <string>

#include "check/published_port.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-port-repeated",
    .title = "Two services publish one port of the host",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "dclint:no-duplicate-exported-ports",
    .why = "A port can be taken once: the second service does not start.",
    .fix_note = "Publish each on a port of its own.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#ports",
};

/// Two that differ in their address may both be there.
std::string key_of(const Port& port) {
  return (on_all_interfaces(port) ? std::string("*") : port.host_ip) + ' ' + port.host_port + '/' +
         port.protocol;
}

void check(const compose::Project& project, Sink& sink) {
  std::map<std::string, const Workload*> taken;
  for (const Workload& service : project.services) {
    // Services of different profiles may be alternatives.
    if (!service.profiles.empty() || service.network_mode.value == "host") continue;
    for (const Port& port : service.ports) {
      if (!port.published || !port.known || !port_number(port.host_port)) continue;
      const auto [first, fresh] = taken.try_emplace(key_of(port), &service);
      if (fresh) continue;
      sink.report(port.place, "port " + port.host_port + " of the host is also published by '" +
                                  first->second->name + "'")
          .about(service.id);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "twice",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 8080:80\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - «8080:81»\n"},
    {.name = "another protocol, another address",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 53:53\n"
               "      - 53:53/udp\n"
               "      - 127.0.0.1:80:80\n"
               "      - 127.0.0.2:80:80\n"},
    {.name = "a profile chooses",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 8080:80\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    profiles: [other]\n"
               "    ports:\n"
               "      - 8080:80\n"},
};

}  // namespace

const Rule& host_port_repeated() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
