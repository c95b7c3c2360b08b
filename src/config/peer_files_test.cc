#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "config/settings.h"

namespace plimsoll::config {
namespace {

constexpr Date kToday{2026, 11, 22};

bool covers(const Ignore& ignore, std::string_view slug) {
  for (const check::Rule* rule : ignore.rules) {
    if (rule->meta.slug == slug) return true;
  }
  return false;
}

const RuleSetting* setting_of(const Settings& settings, std::string_view slug) {
  for (const RuleSetting& setting : settings.rules) {
    if (setting.rule->meta.slug == slug) return &setting;
  }
  return nullptr;
}

TEST(TrivyIgnore, ReadsIdsExpiryAndTheCommentAbove) {
  const Settings settings = read_trivy_ignore(".trivyignore",
                                              "# the agent needs root\n"
                                              "AVD-DS-0002 exp:2027-01-01\n"
                                              "\n"
                                              "DS001 exp:2020-01-01\n"
                                              "CVE-2022-40897\n",
                                              kToday);
  ASSERT_EQ(settings.ignores.size(), 2U);
  EXPECT_TRUE(covers(settings.ignores[0], "image-runs-as-root"));
  EXPECT_EQ(settings.ignores[0].suppression.by, ".trivyignore");
  EXPECT_EQ(settings.ignores[0].suppression.reason, "the agent needs root");
  EXPECT_EQ(settings.ignores[0].suppression.until, "2027-01-01");
  EXPECT_FALSE(settings.ignores[0].expired);
  EXPECT_TRUE(settings.ignores[1].expired);
  EXPECT_EQ(settings.ignores[1].suppression.reason, "");
  EXPECT_TRUE(settings.notes.empty());
}

TEST(TrivyIgnore, ADateThatIsNoneIgnoresNothing) {
  const Settings settings = read_trivy_ignore(".trivyignore", "DS-0002 exp:soon\n", kToday);
  EXPECT_TRUE(settings.ignores.empty());
  ASSERT_EQ(settings.notes.size(), 1U);
  EXPECT_EQ(settings.notes[0], ".trivyignore:1:1: no date: 'soon'; 'DS-0002' is not ignored");
}

TEST(TrivyIgnore, UnknownIdsAreSaidInOneLine) {
  const Settings settings =
      read_trivy_ignore(".trivyignore", "AVD-AWS-0001\nA\nB\nC\nD\nE\nF\nAVD-AWS-0001\n", kToday);
  ASSERT_EQ(settings.notes.size(), 1U);
  EXPECT_EQ(settings.notes[0],
            ".trivyignore: no rule is called 'AVD-AWS-0001', 'A', 'B', 'C', 'D' and 2 more");
}

TEST(TrivyIgnoreYaml, ReadsMisconfigurationsWithPathsAndDates) {
  const Settings settings = read_trivy_ignore_yaml(".trivyignore.yaml",
                                                   "vulnerabilities:\n"
                                                   "  - id: CVE-2020-1\n"
                                                   "misconfigurations:\n"
                                                   "  - id: AVD-DS-0002\n"
                                                   "    paths: [build/Dockerfile, 'a/**']\n"
                                                   "    statement: accepted\n"
                                                   "    expired_at: 2027-01-31T00:00:00Z\n",
                                                   kToday);
  ASSERT_EQ(settings.ignores.size(), 1U);
  EXPECT_EQ(settings.ignores[0].paths.size(), 2U);
  EXPECT_EQ(settings.ignores[0].suppression.reason, "accepted");
  EXPECT_EQ(settings.ignores[0].suppression.until, "2027-01-31");
  EXPECT_TRUE(settings.notes.empty());
}

TEST(TrivyIgnoreYaml, APathThatIsNotUnderstoodIgnoresNothing) {
  const Settings settings = read_trivy_ignore_yaml(
      ".trivyignore.yaml", "misconfigurations: [{id: DS-0002, paths: ['{a,b}/x']}]\n", kToday);
  EXPECT_TRUE(settings.ignores.empty());
  EXPECT_EQ(settings.notes.size(), 1U);
}

TEST(Hadolint, ReadsAllThatRulesAreAbout) {
  const Settings settings = read_hadolint(".hadolint.yaml",
                                          "ignored: [DL3008, SC2086, DL9999]\n"
                                          "override:\n"
                                          "  error: [DL3059]\n"
                                          "  style: [DL3007]\n"
                                          "failure-threshold: warning\n"
                                          "trustedRegistries: [docker.io, '*.gcr.io']\n"
                                          "label-schema: {author: text, url: rawtext}\n"
                                          "strict-labels: true\n"
                                          "format: tty\n",
                                          kToday);
  ASSERT_GE(settings.ignores.size(), 1U);
  EXPECT_TRUE(covers(settings.ignores[0], "package-version-unpinned"));
  ASSERT_NE(setting_of(settings, "consecutive-runs"), nullptr);
  EXPECT_EQ(setting_of(settings, "consecutive-runs")->severity, Severity::kHigh);
  EXPECT_EQ(setting_of(settings, "base-image-latest")->severity, Severity::kInfo);
  EXPECT_EQ(settings.fail_on->value, Severity::kMedium);
  EXPECT_EQ(settings.trusted_registries->value.size(), 2U);
  EXPECT_EQ(settings.label_schema->value.at("url"), "text");
  EXPECT_TRUE(settings.strict_labels->value);
  ASSERT_EQ(settings.notes.size(), 1U);
  EXPECT_EQ(settings.notes[0], ".hadolint.yaml: no rule is called 'DL9999'");
}

TEST(Hadolint, NoFailIsAThresholdOfNone) {
  EXPECT_EQ(read_hadolint("h", "no-fail: true\n", kToday).fail_on->value, std::nullopt);
  EXPECT_EQ(read_hadolint("h", "failure-threshold: none\n", kToday).fail_on->value, std::nullopt);
}

TEST(Hadolint, ABrokenFileIsANote) {
  const Settings settings = read_hadolint(".hadolint.yaml", "ignored: [DL3008\n", kToday);
  EXPECT_TRUE(settings.problems.empty());
  EXPECT_EQ(settings.notes.size(), 1U);
}

TEST(Checkov, ReadsSkipsChecksAndSoftFailures) {
  const Settings settings = read_checkov(".checkov.yaml",
                                         "skip-check: [CKV_DOCKER_2, 'CKV_K8S_*']\n"
                                         "check: [CKV_DOCKER_3]\n"
                                         "skip-path: [examples/, 'a.*b$']\n"
                                         "soft-fail-on: [CKV_DOCKER_8, MEDIUM]\n",
                                         kToday);
  ASSERT_EQ(settings.ignores.size(), 2U);
  EXPECT_TRUE(covers(settings.ignores[0], "healthcheck-missing"));
  EXPECT_GT(settings.ignores[1].rules.size(), 10U);
  ASSERT_EQ(settings.exclude.size(), 1U);
  EXPECT_TRUE(settings.exclude[0].value.matches("x/examples/Dockerfile"));
  EXPECT_EQ(settings.fail_on->value, Severity::kHigh);
  ASSERT_EQ(settings.notes.size(), 1U);  // the regular expression
  bool enabled = false;
  bool lowered = false;
  for (const RuleSetting& setting : settings.rules) {
    enabled = enabled || setting.enabled == true;
    lowered = lowered || setting.severity == Severity::kLow;
  }
  EXPECT_TRUE(enabled);
  EXPECT_TRUE(lowered);
}

TEST(Checkov, TakesACommaSeparatedText) {
  EXPECT_EQ(read_checkov("c", "skip-check: CKV_DOCKER_2,CKV_DOCKER_3\n", kToday).ignores.size(),
            2U);
}

}  // namespace
}  // namespace plimsoll::config
