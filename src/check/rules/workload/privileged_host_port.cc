#include "check/published_port.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "privileged-host-port",
    .title = "A port below 1024 of the host is taken",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kNone,
    .aliases = "kics:bc2908f3 cis-docker:5.8",
    .why =
        "These ports belong to the host's own services; rootless engines may not take them at "
        "all.",
    .fix_note = "Publish a higher port behind a reverse proxy, unless this is the reverse proxy.",
    .sources = "https://docs.docker.com/engine/network/port-publishing/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.ports.empty() || workload.network_mode.value == "host") return;
  constexpr std::uint16_t kFirstFree = 1024;
  for (const Port& port : workload.ports) {
    if (!port.published || !port.known) continue;
    const auto number = port_number(port.host_port);
    if (!number || *number >= kFirstFree) continue;
    const Place place = port.place.file == nullptr ? workload.place : port.place;
    sink.report(place, "port " + port.host_port + " of the host is privileged");
  }
}

constexpr Example kExamples[] = {
    {.name = "80",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - «80:8080»\n"},
    {.name = "a high one",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ports:\n"
               "      - 8080:80\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d -p «443:8443» nginx:1.27\n"},
};

}  // namespace

const Rule& privileged_host_port() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
