#include "project/ci_tools.h"

#include <gtest/gtest.h>

namespace plimsoll::ci {
namespace {

/// A workflow whose one job has these steps, or, for GitLab, the whole file.
struct Read {
  Read(System system, const std::string& text)
      : file(system == System::kGitHub ? ".github/workflows/x.yml" : ".gitlab-ci.yml",
             system == System::kGitHub
                 ? "on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n" + text
                 : text),
        tree(parse_yaml(file)),
        workflow(read(*tree, system)) {}
  SourceFile file;
  std::unique_ptr<Tree> tree;
  Workflow workflow;
};

struct WorkCase {
  std::string_view step;
  std::string_view want;  ///< "", "build …" or "push …" with the marked bytes
};
class ImageWorkTest : public testing::TestWithParam<WorkCase> {};
TEST_P(ImageWorkTest, IsToldByActionAndCommand) {
  const Read read(System::kGitHub, "      - " + std::string(GetParam().step) + "\n");
  ASSERT_EQ(read.workflow.jobs.size(), 1U);
  ASSERT_EQ(read.workflow.jobs[0].steps.size(), 1U);
  const std::optional<ImageWork> work = image_work(read.workflow.jobs[0].steps[0]);
  std::string got;
  if (work) {
    got = work->kind == ImageWork::Kind::kPush ? "push " : "build ";
    got += read.file.slice(work->place.span);
  }
  EXPECT_EQ(got, GetParam().want) << GetParam().step;
}
INSTANTIATE_TEST_SUITE_P(
    Table, ImageWorkTest,
    testing::Values(
        WorkCase{"uses: docker/build-push-action@v6", "build docker/build-push-action@v6"},
        WorkCase{"{uses: docker/build-push-action@v6, with: {push: true}}",
                 "push docker/build-push-action@v6"},
        WorkCase{"{uses: docker/build-push-action@v6, with: {push: '${{ a }}'}}",
                 "push docker/build-push-action@v6"},
        WorkCase{"{uses: docker/build-push-action@v6, with: {push: false}}",
                 "build docker/build-push-action@v6"},
        WorkCase{"{uses: docker/build-push-action@v6, with: {outputs: 'type=image,push=true'}}",
                 "push docker/build-push-action@v6"},
        WorkCase{"uses: macbre/push-to-ghcr@master", "push macbre/push-to-ghcr@master"},
        WorkCase{"uses: redhat-actions/buildah-build@v2", "build redhat-actions/buildah-build@v2"},
        WorkCase{"uses: docker/login-action@v3", ""},
        WorkCase{"run: docker build .", "build docker build ."},
        WorkCase{"run: cd a && docker buildx build --push .", "push docker buildx build --push ."},
        WorkCase{"run: docker image build .", "build docker image build ."},
        WorkCase{"run: docker compose -f x.yml build web",
                 "build docker compose -f x.yml build web"},
        WorkCase{"run: docker build -t a . && docker push a", "push docker push a"},
        WorkCase{"run: docker compose push", "push docker compose push"},
        WorkCase{"run: sudo buildah bud .", "build sudo buildah bud ."},
        WorkCase{"run: /kaniko/executor --destination a/b",
                 "push /kaniko/executor --destination a/b"},
        WorkCase{"run: crane push a.tar a/b", "push crane push a.tar a/b"},
        WorkCase{"run: ko build ./cmd", "push ko build ./cmd"},
        WorkCase{"run: docker run --rm a build", ""}, WorkCase{"run: docker exec a build", ""},
        WorkCase{"run: git push", ""}, WorkCase{"run: npm run build", ""},
        WorkCase{"{run: docker push a, shell: pwsh}", ""}));

struct ScanCase {
  std::string_view steps;
  std::string_view want;  ///< per scan: "<tool> gates|never|unknown; "
};
std::string show(const std::vector<Scan>& scans) {
  std::string text;
  for (const Scan& scan : scans) {
    text += scan.tool;
    switch (scan.gate) {
      case Scan::Gate::kGates: text += " gates; "; break;
      case Scan::Gate::kNever: text += " never; "; break;
      case Scan::Gate::kUnknown: text += " unknown; "; break;
    }
  }
  return text;
}
class ScansTest : public testing::TestWithParam<ScanCase> {};
TEST_P(ScansTest, TellsWhatCanFailTheJob) {
  const Read read(System::kGitHub, std::string(GetParam().steps));
  EXPECT_EQ(show(scans_of(read.workflow)), GetParam().want) << GetParam().steps;
}
INSTANTIATE_TEST_SUITE_P(
    Table, ScansTest,
    testing::Values(
        ScanCase{"      - run: trivy image a\n", "trivy never; "},
        ScanCase{"      - run: trivy image --exit-code 1 a\n", "trivy gates; "},
        ScanCase{"      - run: trivy i --exit-code=1 a\n", "trivy gates; "},
        ScanCase{"      - run: trivy image --exit-code 0 a\n", "trivy never; "},
        ScanCase{"      - run: trivy image --exit-code $CODE a\n", "trivy unknown; "},
        ScanCase{"      - run: trivy image a\n        env: {TRIVY_EXIT_CODE: 1}\n",
                 "trivy unknown; "},
        ScanCase{"      - run: trivy image --exit-code 1 --severity LOW,UNKNOWN a\n",
                 "trivy never; "},
        ScanCase{"      - run: trivy image --exit-code 1 --severity LOW,HIGH a\n", "trivy gates; "},
        ScanCase{"      - run: trivy image --exit-code 1 a || true\n", "trivy never; "},
        ScanCase{"      - run: trivy image --exit-code 1 a || exit 1\n", "trivy gates; "},
        ScanCase{"      - run: trivy image --exit-code 1 a\n        continue-on-error: true\n",
                 "trivy never; "},
        ScanCase{"      - run: if trivy image a; then b; fi\n", "trivy unknown; "},
        ScanCase{"      - run: trivy image --format cyclonedx a\n", ""},
        ScanCase{"      - run: trivy --version\n", ""},
        ScanCase{"      - run: docker run --rm -v a:b aquasec/trivy:0.60 image a\n",
                 "trivy never; "},
        ScanCase{"      - run: docker run ghcr.io/aquasecurity/trivy image --exit-code 1 a\n",
                 "trivy gates; "},
        ScanCase{"      - run: trivy image -f json -o out.json a\n      - run: jq . out.json\n",
                 "trivy unknown; "},
        ScanCase{"      - run: trivy image -f json -o out.json a && jq -e . out.json\n",
                 "trivy unknown; "},
        ScanCase{"      - run: trivy image -f json -o out.json a\n"
                 "      - uses: actions/upload-artifact@v4\n        with: {path: out.json}\n",
                 "trivy never; "},
        ScanCase{"      - run: grype a\n", "grype never; "},
        ScanCase{"      - run: grype a --fail-on high\n", "grype gates; "},
        ScanCase{"      - run: snyk container test a\n", "snyk gates; "},
        ScanCase{"      - run: snyk container test a || true\n", "snyk never; "},
        ScanCase{"      - run: snyk container monitor a\n", ""},
        ScanCase{"      - run: docker scout cves a\n", "docker never; "},
        ScanCase{"      - run: docker scout cves --exit-code a\n", "docker gates; "},
        ScanCase{"      - run: docker scout quickview a\n", ""},
        ScanCase{"      - uses: aquasecurity/trivy-action@v1\n",
                 "aquasecurity/trivy-action never; "},
        ScanCase{"      - uses: aquasecurity/trivy-action@v1\n        with: {exit-code: '1'}\n",
                 "aquasecurity/trivy-action gates; "},
        ScanCase{"      - uses: aquasecurity/trivy-action@v1\n        with: {exit-code: 1, "
                 "severity: LOW}\n",
                 "aquasecurity/trivy-action never; "},
        ScanCase{"      - uses: aquasecurity/trivy-action@v1\n        with: {format: cyclonedx}\n",
                 ""},
        ScanCase{
            "      - uses: aquasecurity/trivy-action@v1\n        with: {trivy-config: t.yaml}\n",
            "aquasecurity/trivy-action unknown; "},
        ScanCase{"      - uses: aquasecurity/trivy-action@v1\n        with: {output: a.sarif}\n"
                 "      - uses: github/codeql-action/upload-sarif@v3\n",
                 "aquasecurity/trivy-action unknown; "},
        ScanCase{"      - uses: anchore/scan-action@v6\n", "anchore/scan-action gates; "},
        ScanCase{"      - uses: anchore/scan-action@v6\n        with: {fail-build: false}\n",
                 "anchore/scan-action never; "},
        ScanCase{"      - uses: docker/scout-action@v1\n        with: {command: cves}\n",
                 "docker/scout-action never; "},
        ScanCase{"      - uses: docker/scout-action@v1\n        with: {command: cves, exit-code: "
                 "true}\n",
                 "docker/scout-action gates; "},
        ScanCase{"      - uses: docker/scout-action@v1\n        with: {command: quickview}\n", ""},
        ScanCase{"      - run: make test\n", ""}));

TEST(ScansTest, GitLabJobsThatMayFailNeverGate) {
  const Read read(System::kGitLab,
                  "scan:\n  allow_failure: true\n  script: [trivy image --exit-code 1 a]\n");
  EXPECT_EQ(show(scans_of(read.workflow)), "trivy never; ");
}

TEST(ScansTest, GitLabReportsMayGateElsewhere) {
  const Read read(System::kGitLab,
                  "scan:\n  script: [trivy image a]\n"
                  "  artifacts: {reports: {container_scanning: gl.json}}\n");
  EXPECT_EQ(show(scans_of(read.workflow)), "trivy unknown; ");
}

struct NameCase {
  System system;
  std::string_view text;
  bool scanner;
  bool linter = false;
  bool bot = false;
};
class NamesTest : public testing::TestWithParam<NameCase> {};
TEST_P(NamesTest, AreFoundAnywhere) {
  const NameCase& param = GetParam();
  const Read read(param.system, std::string(param.text));
  EXPECT_EQ(names_scanner(read.workflow), param.scanner) << param.text;
  EXPECT_EQ(names_dockerfile_linter(read.workflow), param.linter) << param.text;
  EXPECT_EQ(runs_update_bot(read.workflow), param.bot) << param.text;
}
constexpr System kHub = System::kGitHub;
constexpr System kLab = System::kGitLab;
INSTANTIATE_TEST_SUITE_P(
    Table, NamesTest,
    testing::Values(
        NameCase{kHub, "      - uses: aquasecurity/trivy-action@v1\n", true},
        NameCase{kHub, "      - run: |\n          docker pull a\n          grype a\n", true},
        NameCase{kHub, "      - run: |\n          # later: trivy\n          docker push a\n",
                 false},
        NameCase{kHub, "      - run: make scan-images\n", true},
        NameCase{kHub, "      - run: make images\n", false},
        NameCase{kHub, "      - run: Invoke-Trivy a\n        shell: pwsh\n", true},
        NameCase{kHub, "      - run: npx prisma migrate\n", false},
        NameCase{kHub, "      - uses: hadolint/hadolint-action@v3\n", false, true},
        NameCase{kHub, "      - run: docker build --check .\n", false, true},
        NameCase{kHub, "      - uses: renovatebot/github-action@v40\n", false, false, true},
        NameCase{kHub, "", false},
        NameCase{kLab, "include: {template: Jobs/Container-Scanning.gitlab-ci.yml}\n", true},
        NameCase{kLab, "include:\n  - component: $CI/x/container-scanning@1\n", true},
        NameCase{kLab, "include: [Auto-DevOps.gitlab-ci.yml]\n", true},
        NameCase{kLab, "include: [build.yml]\nb: {script: [a]}\n", false},
        NameCase{kLab, "s: {image: 'aquasec/trivy:1', script: [a]}\n", true},
        NameCase{kLab, "r: {image: 'renovate/renovate:40', script: [renovate]}\n", false, false,
                 true}));

TEST(OptionTest, BothSpellings) {
  const shell::Script script = shell::parse("a --x 1 --y=2 -z 3 --last");
  ASSERT_EQ(script.commands.size(), 1U);
  const shell::Command& command = script.commands[0];
  EXPECT_EQ(option(command, "--x"), "1");
  EXPECT_EQ(option(command, "--y"), "2");
  EXPECT_EQ(option(command, "--zed", "-z"), "3");
  EXPECT_EQ(option(command, "--last"), "");
  EXPECT_EQ(option(command, "--none"), "");
}

}  // namespace
}  // namespace plimsoll::ci
