#include <algorithm>

#include "check/rule.h"
#include "project/ci_tools.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ci-scan-not-gating",
    .title = "A scan cannot fail the job",
    .severity = Severity::kMedium,
    .control = Control::kVulnerabilityScanning,
    .enabled = true,
    .why =
        "A scan whose result stops nothing is a log that nobody reads: the vulnerable image is "
        "pushed all the same.",
    .fix_note =
        "Ask for a non-zero exit code for the severities you will not ship (trivy: exit-code 1 "
        "with severity CRITICAL,HIGH; grype: --fail-on high) and let the step fail.",
    .sources =
        "https://github.com/aquasecurity/trivy-action#inputs "
        "https://github.com/anchore/grype#gating-on-severity-of-vulnerabilities",
};

void check(const Project& project, Sink& sink) {
  std::vector<ci::Scan> toothless;
  for (const ci::Workflow& workflow : project.workflows) {
    for (const ci::Scan& scan : ci::scans_of(workflow)) {
      // One scan that can stop a build is enough; the others may well be for reading.
      if (scan.gate != ci::Scan::Gate::kNever) return;
      toothless.push_back(scan);
    }
  }
  for (const ci::Scan& scan : toothless) {
    sink.report(scan.place, "the result of this scan cannot fail the job")
        .because("reason", std::string(scan.reason));
  }
}

constexpr Example kExamples[] = {
    {.name = "trivy reports and exits with 0",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  scan:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: «aquasecurity/trivy-action@0.30.0»\n"
               "        with: {image-ref: example/app, severity: 'CRITICAL,HIGH'}\n"},
    {.name = "the step may fail",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  scan:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: «grype example/app --fail-on high»\n"
               "        continue-on-error: true\n"},
    {.name = "failure is swallowed",
     .before = "-- .gitlab-ci.yml --\n"
               "scan:\n"
               "  script:\n"
               "    - «trivy image --exit-code 1 example/app» || true\n"},
    {.name = "another scan of the project gates",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  scan:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - run: trivy image example/app\n"
               "      - run: trivy image --exit-code 1 --severity CRITICAL example/app\n"},
    {.name = "code scanning judges the result",
     .before = "-- .github/workflows/ci.yml --\n"
               "on: push\n"
               "jobs:\n"
               "  scan:\n"
               "    runs-on: ubuntu-latest\n"
               "    steps:\n"
               "      - uses: aquasecurity/trivy-action@0.30.0\n"
               "        with: {image-ref: example/app, format: sarif, output: trivy.sarif}\n"
               "      - uses: github/codeql-action/upload-sarif@v3\n"
               "        with: {sarif_file: trivy.sarif}\n"},
};

}  // namespace

const Rule& ci_scan_not_gating() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
