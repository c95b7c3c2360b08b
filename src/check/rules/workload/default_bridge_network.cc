#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "default-bridge-network",
    .title = "The container is on the default bridge",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.30",
    .why =
        "All containers without a network of their own share it and reach each other by address.",
    .fix_note = "Create a network for what belongs together, and join it.",
    .sources = "https://docs.docker.com/engine/network/drivers/bridge/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  const Value<std::string>& mode = workload.network_mode;
  if (mode.is_set() && (mode.value == "bridge" || mode.value == "default")) {
    sink.report(mode.place.file == nullptr ? workload.place : mode.place,
                "the network '" + mode.value + "' is shared with every container that names none");
    return;
  }
  // Links of Compose are names on the project's own network.
  if (workload.form == Form::kCompose || workload.links.empty()) return;
  const Place place = workload.links.items.front().place;
  sink.report(place.file == nullptr ? workload.place : place,
              "links only work on the default bridge");
}

constexpr Example kExamples[] = {
    {.name = "bridge",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    network_mode: «bridge»\n"},
    {.name = "a link", .file = "run.sh", .before = "docker run -d --link «db:db» nginx:1.27\n"},
    {.name = "a network of its own",
     .file = "run.sh",
     .before = "docker run -d --network app nginx:1.27\n"},
    {.name = "the network of the project",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    links:\n"
               "      - b\n"
               "  b:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& default_bridge_network() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
