#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "build-and-image",
    .title = "A service has both build and image",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "dclint:no-build-and-image",
    .why =
        "Whether the image is built or pulled depends on what is on the machine, so two machines "
        "may run different things.",
    .fix_note =
        "Keep one of them, or say which with pull_policy; with both the image's name is the tag "
        "of what is built.",
    .sources = "https://docs.docker.com/reference/compose-file/build/#using-build-and-image",
};

void check(const compose::Project& project, Sink& sink) {
  for (const Workload& service : project.services) {
    if (!service.build || !service.image.is_set() || service.pull_policy.is_set()) continue;
    sink.report(service.image.place, "'" + service.name + "' is both built and pulled")
        .about(service.id);
  }
}

constexpr Example kExamples[] = {
    {.name = "both",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: «app:1»\n"},
    {.name = "says which",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "    image: app:1\n"
               "    pull_policy: build\n"},
    {.name = "one of them",
     .before = "services:\n"
               "  a:\n"
               "    build: .\n"
               "  b:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& build_and_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
