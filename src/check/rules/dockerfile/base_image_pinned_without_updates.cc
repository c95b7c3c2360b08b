#include "check/rule.h"
#include "project/watched.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-pinned-without-updates",
    .title = "A base image is pinned and nothing updates it",
    .severity = Severity::kLow,
    .control = Control::kBaseImageUpdates,
    .fix_safety = FixSafety::kNone,
    .why =
        "A digest never changes, so neither do its vulnerabilities: fixes of the base image do not "
        "reach the build until somebody moves the pin by hand.",
    .fix_note = "Let Dependabot (package-ecosystem: docker) or Renovate propose new digests.",
    .sources =
        "https://docs.github.com/en/code-security/dependabot/working-with-dependabot/"
        "dependabot-options-reference "
        "https://docs.renovatebot.com/docker/",
};

void check(const DockerfileView& view, Sink& sink) {
  if (view.project == nullptr || !view.project->is_repository) return;
  for (const dockerfile::Stage& stage : view.file.stages) {
    if (stage.parent || !ascii::contains(stage.image_expanded, "@sha256:")) continue;
    if (watched_in(*view.project).dockerfiles) return;
    sink.report(stage.image_span,
                "the base image is pinned by digest, and no bot of the repository "
                "updates Dockerfiles");
  }
}

constexpr Example kExamples[] = {
    {.name = "no bot for Docker",
     .before = "-- .github/dependabot.yml --\nversion: 2\nupdates:\n  - package-ecosystem: npm\n"
               "    directory: /\n    schedule: {interval: weekly}\n"
               "-- Dockerfile --\nFROM «debian:12@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000»\n"},
    {.name = "Dependabot does it",
     .before = "-- .github/dependabot.yml --\nversion: 2\nupdates:\n  - package-ecosystem: docker\n"
               "    directory: /\n    schedule: {interval: weekly}\n"
               "-- Dockerfile --\nFROM debian:12@sha256:"
               "0000000000000000000000000000000000000000000000000000000000000000\n"},
    {.name = "a tag moves by itself",
     .before = "-- .github/dependabot.yml --\nversion: 2\nupdates: []\n"
               "-- Dockerfile --\nFROM debian:12\n"},
};

}  // namespace

const Rule& base_image_pinned_without_updates() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
