#include "check/ci_scan_step.h"
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
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Known vulnerabilities in the base image and in packages go out with every build, and "
        "nobody is told until somebody else finds them.",
    .fix_note =
        "Run a scanner on the image between building and pushing it, with an exit code that "
        "fails the job for the severities you will not ship. Unsafe: the job fails for what "
        "could be shipped before; an image that is built and pushed at once is built for the scan "
        "first, and the push takes it from the cache.",
    .sources =
        "https://docs.docker.com/build/ci/github-actions/ "
        "https://trivy.dev/latest/docs/target/container_image/",
};

void check(const Project& project, Sink& sink) {
  struct Found {
    ci::ImageWork work;
    const ci::Workflow* workflow;
    const ci::Step* step;
  };
  std::optional<Found> found;
  std::size_t pushed = 0;
  for (const ci::Workflow& workflow : project.workflows) {
    if (ci::names_scanner(workflow)) return;
    for (const ci::Job& job : workflow.jobs) {
      for (const ci::Step& step : job.steps) {
        const std::optional<ci::ImageWork> work = ci::image_work(step);
        pushed += work && work->kind == ci::ImageWork::Kind::kPush ? 1U : 0U;
        // What is published says more than what is only tried out; among equals the first.
        if (work && (!found || work->kind > found->work.kind))
          found = Found{*work, &workflow, &step};
      }
    }
  }
  if (!found) return;
  const bool pushes = found->work.kind == ci::ImageWork::Kind::kPush;
  Finding& finding = sink.report(found->work.place, pushes ? "an image is pushed that no job scans"
                                                           : "an image is built that no job scans");
  if (pushes) {
    scan_before_push(finding, *found->workflow, *found->step);
    if (finding.fix && pushed > 1) {
      finding.fix->advice += "; other steps push images too, which want the same";
    }
  } else {
    finding.severity = Severity::kLow;  // perhaps it never leaves the runner
    finding.unfixed = "which images are meant to be published is not in the file";
  }
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
    {.name = "built and pushed at once",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: docker/login-action@v3\n"
               "\n"
               "      # goes out\n"
               "      - name: Build and push\n"
               "        if: github.ref == 'refs/heads/main'\n"
               "        uses: «docker/build-push-action@v6»  # keep\n"
               "        with:\n"
               "          context: .\n"
               "          push: true\n"
               "          platforms: linux/amd64,linux/arm64\n"
               "          build-args: |\n"
               "            A=1\n"
               "            B=2\n"
               "          tags: example/app:1\n",
     .after = "-- .github/workflows/ci.yml --\n"
              "on: push\n"
              "jobs:\n"
              "  image:\n"
              "    runs-on: ubuntu-latest\n"
              "    steps:\n"
              "      - uses: docker/login-action@v3\n"
              "\n"
              "      - name: Build the image for the scan\n"
              "        if: github.ref == 'refs/heads/main'\n"
              "        uses: docker/build-push-action@v6  # keep\n"
              "        with:\n"
              "          context: .\n"
              "          build-args: |\n"
              "            A=1\n"
              "            B=2\n"
              "          load: true\n"
              "          tags: scan:${{ github.sha }}\n"
              "\n"
              "      - name: Scan the image\n"
              "        if: github.ref == 'refs/heads/main'\n"
              "        uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1 # "
              "v0.35.0\n"
              "        with:\n"
              "          image-ref: scan:${{ github.sha }}\n"
              "          severity: HIGH,CRITICAL\n"
              "          ignore-unfixed: true\n"
              "          exit-code: 1\n"
              "\n"
              "      # goes out\n"
              "      - name: Build and push\n"
              "        if: github.ref == 'refs/heads/main'\n"
              "        uses: docker/build-push-action@v6  # keep\n"
              "        with:\n"
              "          context: .\n"
              "          push: true\n"
              "          platforms: linux/amd64,linux/arm64\n"
              "          build-args: |\n"
              "            A=1\n"
              "            B=2\n"
              "          tags: example/app:1\n"},
    {.name = "pushed by a step of its own",
     .before = "-- .github/workflows/ci.yml --\r\n"
               "on: push\r\n"
               "jobs:\r\n"
               "  image:\r\n"
               "    runs-on: ubuntu-latest\r\n"
               "    steps:\r\n"
               "      - run: docker build -t example/app:${{ github.sha }} .\r\n"
               "      - name: Push\r\n"
               "        run: «docker push example/app:${{ github.sha }}»\r\n",
     .after = "-- .github/workflows/ci.yml --\r\n"
              "on: push\r\n"
              "jobs:\r\n"
              "  image:\r\n"
              "    runs-on: ubuntu-latest\r\n"
              "    steps:\r\n"
              "      - run: docker build -t example/app:${{ github.sha }} .\r\n"
              "      - name: Scan the image\r\n"
              "        uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1 # "
              "v0.35.0\r\n"
              "        with:\r\n"
              "          image-ref: example/app:${{ github.sha }}\r\n"
              "          severity: HIGH,CRITICAL\r\n"
              "          ignore-unfixed: true\r\n"
              "          exit-code: 1\r\n"
              "      - name: Push\r\n"
              "        run: docker push example/app:${{ github.sha }}\r\n"},
    {.name = "an image that only the shell knows",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  image:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: docker build -t $IMAGE .\n"
               "      - run: «docker push $IMAGE»\n"},
    {.name = "pushed by GitLab",
     .before = "-- .gitlab-ci.yml --\n"
               "build:\n"
               "  script: [docker build -t x ., «docker push x»]\n"},
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
