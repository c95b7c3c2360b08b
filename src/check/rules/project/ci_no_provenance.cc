#include <algorithm>
#include <array>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-no-provenance",
    .title = "A pushed image says neither what is in it nor where it came from",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .why =
        "Without a bill of materials or a signed provenance, those who run the image cannot tell "
        "it from one that somebody else pushed, nor look up what it holds.",
    .fix_note =
        "Set 'sbom: true' and 'provenance: mode=max' where the image is built, or sign and "
        "attest it afterwards.",
    .sources =
        "https://docs.docker.com/build/ci/github-actions/attestations/ "
        "https://docs.github.com/en/actions/security-for-github-actions/"
        "using-artifact-attestations",
};

/// Anything of a job that makes one of the two; lower case.
constexpr std::array kAttesting = std::to_array<std::string_view>(
    {"attest", "cosign", "sbom", "slsa", "syft", "--provenance", "notation"});

bool attests(std::string_view text) {
  const std::string lower = ascii::lower(text);
  return std::any_of(kAttesting.begin(), kAttesting.end(),
                     [&lower](std::string_view word) { return ascii::contains(lower, word); });
}

bool attests(const ci::Step& step) {
  if (attests(step.uses) || attests(step.run)) return true;
  for (const std::string_view input : {"sbom", "provenance", "attests"}) {
    const std::string_view value = ci::input(step, input);
    if (!value.empty() && value != "false") return true;
  }
  return false;
}

void check(const ci::Workflow& workflow, Sink& sink) {
  const auto job_attests = [](const ci::Job& job) {
    return std::any_of(job.steps.begin(), job.steps.end(),
                       [](const ci::Step& step) { return attests(step); });
  };
  if (std::any_of(workflow.jobs.begin(), workflow.jobs.end(), job_attests)) return;
  for (const ci::Job& job : workflow.jobs) {
    for (const ci::Step& step : job.steps) {
      const auto work = ci::image_work(step);
      if (!work || work->kind != ci::ImageWork::Kind::kPush) continue;
      sink.report(work->place, "the image is pushed without a bill of materials or provenance");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "nothing",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: «docker/build-push-action@v6»\n"
               "        with: {push: true, provenance: false}\n"},
    {.name = "asked for",
     .file = ".github/workflows/ci.yml",
     .before = "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/build-push-action@v6\n"
               "        with: {push: true, sbom: true}\n"},
    {.name = "signed afterwards",
     .file = ".gitlab-ci.yml",
     .before = "build:\n  script:\n    - docker push x/y:1\n    - cosign sign x/y:1\n"},
};

}  // namespace

const Rule& ci_no_provenance() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
