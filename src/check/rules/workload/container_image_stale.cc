#include <string>
#include <string_view>

#include "check/ended_release.h"
#include "check/pulled_image.h"
#include "check/rule.h"
#include "parse/image_reference.h"
#include "workload/end_of_life.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-image-stale",
    .title = "The container runs an older image than its tag names",
    .severity = Severity::kLow,
    .control = Control::kBaseImageUpdates,
    .fix_safety = FixSafety::kNone,
    .aliases = "cis-docker:5.28",
    .why =
        "A newer image was pulled or built, but the container was made before and keeps running "
        "the old one, with the faults that the new one fixes.",
    .fix_note = "Make the container anew: docker compose up --detach, or remove it and run it.",
    .sources = "https://docs.docker.com/reference/cli/docker/compose/up/",
    .forms = kFormInspect,
};

constexpr std::string_view kBaseName = "org.opencontainers.image.base.name=";

void check_tag(const Workload& workload, Sink& sink) {
  const LiveContainer& live = *workload.live;
  if (live.image_id.empty() || live.tagged_image_id.empty()) return;
  if (live.image_id == live.tagged_image_id) return;
  sink.report(image_place(workload),
              "'" + workload.image.value + "' is another image now than the one that runs")
      .because("runs", live.image_id)
      .because("tagged", live.tagged_image_id);
}

/// The engine has put the image's labels among the container's.
void check_base(const Workload& workload, Sink& sink) {
  for (const Item& label : workload.labels.items) {
    std::string_view name = label.value;
    if (!name.starts_with(kBaseName)) continue;
    name.remove_prefix(kBaseName.size());
    const auto base = parse_image_reference(name);
    if (!base) continue;
    const Date today = sink.options().today;
    for (const EndOfLife& release : end_of_life(*base)) {
      if (!release.ended(today) || supported_by_others(release, today)) continue;
      sink.report(label.place, "the base of the image, " + describe_ended(release, today));
    }
  }
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.live) return;
  check_tag(workload, sink);
  check_base(workload, sink);
}

constexpr Example kExamples[] = {
    {.name = "pulled since",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"Image\": \"sha256:aa11\",\n"
               "  \"Config\": {\"Image\": «\"nginx:1.29\"»}, \"HostConfig\": {}},\n"
               " \"TaggedImage\": \"sha256:bb22\"}\n"},
    {.name = "the image says what it was built on",
     .file = "inspect.json",
     .before = "[{\"Name\": \"/web\", \"HostConfig\": {},\n"
               "  \"Config\": {\"Image\": \"shop/web:7\",\n"
               "    \"Labels\": {«\"org.opencontainers.image.base.name\": "
               "\"docker.io/library/node:14\"»}}}]\n"},
    {.name = "the same image",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"Image\": \"sha256:aa11\",\n"
               "  \"Config\": {\"Image\": \"nginx:1.29\"}, \"HostConfig\": {}},\n"
               " \"TaggedImage\": \"sha256:aa11\"}\n"},
    {.name = "the tag is gone: nobody knows what it would be",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"Image\": \"sha256:aa11\",\n"
               "  \"Config\": {\"Image\": \"nginx:1.29\"}, \"HostConfig\": {}}}\n"},
};

}  // namespace

const Rule& container_image_stale() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
