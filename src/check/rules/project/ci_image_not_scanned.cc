#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-image-not-scanned",
    .title = "Images are built but never scanned",
    .severity = Severity::kMedium,
    .control = Control::kVulnerabilityScanning,
    .enabled = true,
    .why =
        "Known vulnerabilities in the base image and in packages go out with every build, and "
        "nobody is told until somebody else finds them.",
    .fix_note =
        "Run a scanner on the image between building and pushing it, with an exit code that "
        "fails the job for the severities you will not ship.",
    .sources =
        "https://docs.docker.com/build/ci/github-actions/ "
        "https://trivy.dev/latest/docs/target/container_image/",
};

void check(const Project& project, Sink& sink) {
  std::optional<ci::ImageWork> found;
  for (const ci::Workflow& workflow : project.workflows) {
    if (ci::names_scanner(workflow)) return;
    for (const ci::Job& job : workflow.jobs) {
      for (const ci::Step& step : job.steps) {
        const std::optional<ci::ImageWork> work = ci::image_work(step);
        // What is published says more than what is only tried out; among equals the first.
        if (work && (!found || work->kind > found->kind)) found = work;
      }
    }
  }
  if (!found) return;
  const bool pushes = found->kind == ci::ImageWork::Kind::kPush;
  Finding& finding = sink.report(found->place, pushes ? "an image is pushed that no job scans"
                                                      : "an image is built that no job scans");
  if (!pushes) finding.severity = Severity::kLow;  // perhaps it never leaves the runner
}

constexpr Example kExamples[] = {
    {.name = "pushed by an action",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: «docker/build-push-action@v6»\n"
               "        with: {push: true, tags: example/app}\n"},
    {.name = "pushed by a command",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: |\n"
               "          docker build -t example/app .\n"
               "          «docker push example/app»\n"},
    {.name = "scanned in another workflow",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: docker push example/app}]\n"
               "-- .github/workflows/scan.yml --\n"
               "on: schedule\n"
               "jobs:\n"
               "  scan:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: trivy image --exit-code 1 example/app}]\n"},
    {.name = "GitLab's own template scans",
     .before = "-- .gitlab-ci.yml --\n"
               "include: [{template: Jobs/Container-Scanning.gitlab-ci.yml}]\n"
               "build:\n"
               "  script: [docker build -t x ., docker push x]\n"},
    {.name = "no image is made",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  test:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps: [{run: docker run --rm example/tool}]\n"},
};

}  // namespace

const Rule& ci_image_not_scanned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
