#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "publish-all-ports",
    .title = "Every port of the image is published",
    .severity = Severity::kMedium,
    .control = Control::kNetworkSegmentation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "What is open to the network is decided by the image's EXPOSE lines, and an update of the "
        "image can open another port.",
    .fix_note = "Publish the ports that are needed, by number.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/run/#publish",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.publish_all.is_set() || !workload.publish_all.value) return;
  const Place place = workload.publish_all.place;
  sink.report(place.file == nullptr ? workload.place : place,
              "every port that the image exposes is published on all interfaces");
}

constexpr Example kExamples[] = {
    {.name = "-P", .file = "run.sh", .before = "docker run -d «-P» nginx:1.27\n"},
    {.name = "the long flag",
     .file = "run.sh",
     .before = "docker run -d «--publish-all» nginx:1.27\n"},
    {.name = "one port",
     .file = "run.sh",
     .before = "docker run -d -p 127.0.0.1:8080:80 nginx:1.27\n"},
};

}  // namespace

const Rule& publish_all_ports() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
