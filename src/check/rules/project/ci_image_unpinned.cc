#include "check/rule.h"
#include "parse/image_reference.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-image-unpinned",
    .title = "A job runs in an image that may change",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "zizmor:unpinned-images",
    .why =
        "The image sees the job's source and secrets. A tag can be moved to something else, by "
        "mistake or by an attacker; a digest cannot.",
    .fix_note = "Write image:tag@sha256:… and let an update bot move it.",
    .sources = "https://docs.zizmor.sh/audits/#unpinned-images",
};

void check_image(std::string_view image, Place place, Sink& sink) {
  if (image.empty() || ascii::contains(image, "$")) return;
  const auto reference = parse_image_reference(image);
  if (!reference || !reference->digest.empty()) return;
  if (reference->effective_tag() == "latest") {
    sink.report(place, "image '" + std::string(image) + "' is whatever was pushed last");
    return;
  }
  sink.report(place, "image '" + std::string(image) + "' is not pinned by digest").severity =
      Severity::kInfo;
}

void check(const ci::Workflow& workflow, Sink& sink) {
  constexpr std::string_view kDocker = "docker://";
  for (const ci::Job& job : workflow.jobs) {
    check_image(job.image, job.image_place, sink);
    for (const auto& [image, place] : job.services) check_image(image, place, sink);
    for (const ci::Step& step : job.steps) {
      if (!step.uses.starts_with(kDocker)) continue;
      check_image(step.uses.substr(kDocker.size()), step.uses_place, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "container, service and step",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    container: «node»\n"
               "    services:\n"
               "      db: {image: «postgres:16»}\n"
               "    steps:\n"
               "      - uses: «docker://alpine:latest»\n"},
    {.name = "GitLab",
     .file = ".gitlab-ci.yml",
     .before = "test:\n  image: «ruby:3.3»\n  script: [rake]\n"},
    {.name = "pinned, or known only when it runs",
     .file = ".gitlab-ci.yml",
     .before = "test:\n"
               "  image: ruby:3.3@sha256:"
               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
               "  services: ['$CI_REGISTRY_IMAGE/db']\n"
               "  script: [rake]\n"},
};

}  // namespace

const Rule& ci_image_unpinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
