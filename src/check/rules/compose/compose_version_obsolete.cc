#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "compose-version-obsolete",
    .title = "The 'version' key is obsolete",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "dclint:no-version-field",
    .why = "Compose ignores it and warns about it with every command.",
    .fix_note = "Safe: Compose has not read it since 2020; only docker-compose 1.x wants it.",
    .sources = "https://docs.docker.com/reference/compose-file/version-and-name/",
};

void check(const compose::Project& project, Sink& sink) {
  if (project.version_place.file == nullptr) return;
  sink.report(project.version_place, "the key 'version' is obsolete and ignored");
}

constexpr Example kExamples[] = {
    {.name = "a version",
     .before = "«version»: \"3.8\"\n"
               "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"},
    {.name = "none",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& compose_version_obsolete() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
