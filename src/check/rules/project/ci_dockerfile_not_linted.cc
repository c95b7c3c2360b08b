#include <algorithm>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-dockerfile-not-linted",
    .title = "No job lints the Dockerfiles",
    .severity = Severity::kInfo,
    .control = Control::kVulnerabilityScanning,
    .why =
        "Mistakes that a linter names in a second (root, latest, secrets in layers) are found in "
        "production instead.",
    .fix_note = "Run plimsoll or hadolint on the Dockerfiles in a job of pull requests.",
    .sources = "https://github.com/hadolint/hadolint#integrations",
};

const ci::Job* first_job(const Project& project) {
  for (const ci::Workflow& workflow : project.workflows) {
    if (!workflow.jobs.empty()) return &workflow.jobs.front();
  }
  return nullptr;
}

void check(const Project& project, Sink& sink) {
  if (project.dockerfiles.empty()) return;
  const bool linted = std::any_of(project.workflows.begin(), project.workflows.end(),
                                  [](const auto& w) { return ci::names_dockerfile_linter(w); });
  const ci::Job* const job = first_job(project);
  if (linted || job == nullptr) return;
  sink.report(job->place, "no job lints the project's Dockerfiles");
}

constexpr Example kExamples[] = {
    {.name = "a Dockerfile and a test job",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  «test»:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: make test}]\n"},
    {.name = "hadolint runs",
     .before = "-- Dockerfile --\n"
               "FROM alpine:3.20\n"
               "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  lint:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{uses: hadolint/hadolint-action@v3.1.0}]\n"},
};

}  // namespace

const Rule& ci_dockerfile_not_linted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
