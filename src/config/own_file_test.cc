#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "config/settings.h"

namespace plimsoll::config {
namespace {

constexpr Date kToday{2026, 11, 22};

Settings read(std::string_view text) {
  return read_own("plimsoll.yaml", std::string(text), kToday);
}

std::string first_problem(std::string_view text) {
  const Settings settings = read(text);
  return settings.problems.empty() ? "" : settings.problems.front().to_line();
}

TEST(OwnFile, ReadsEveryKey) {
  const Settings settings = read(R"(
select: all
rules:
  image-runs-as-root: critical
  base-image-latest: off
  hadolint:DL3059: {enabled: on, severity: medium}
ignore:
  - rule: [docker-socket-mounted, trivy:DS-0002]
    path: [deploy/**, compose.yaml]
    subject: proxy
    reason: behind a socket proxy
    owner: platform
    until: 2027-01-31
fail-on: medium
severity: [critical, high]
targets: [services]
exclude: [vendor, "**/testdata"]
trusted-registries: [docker.io, "*.gcr.io"]
label-schema: {org.opencontainers.image.title: text}
strict-labels: true
fix: {memory: 256m, cpus: 0.5, user: "2000:2000"}
)");
  for (const Error& problem : settings.problems) ADD_FAILURE() << problem.to_line();
  EXPECT_TRUE(settings.all_rules->value);
  ASSERT_EQ(settings.rules.size(), 3U);
  EXPECT_EQ(settings.rules[0].severity, Severity::kCritical);
  EXPECT_EQ(settings.rules[0].enabled, true);
  EXPECT_EQ(settings.rules[1].enabled, false);
  EXPECT_EQ(settings.rules[2].rule->meta.slug, "consecutive-runs");
  EXPECT_EQ(settings.rules[2].enabled, true);
  ASSERT_EQ(settings.ignores.size(), 1U);
  const Ignore& ignore = settings.ignores[0];
  EXPECT_GE(ignore.rules.size(), 2U);
  EXPECT_EQ(ignore.paths.size(), 2U);
  EXPECT_TRUE(ignore.subject);
  EXPECT_EQ(ignore.suppression.by, "plimsoll.yaml");
  EXPECT_EQ(ignore.suppression.reason, "behind a socket proxy");
  EXPECT_EQ(ignore.suppression.until, "2027-01-31");
  EXPECT_EQ(ignore.owner, "platform");
  EXPECT_FALSE(ignore.expired);
  EXPECT_EQ(settings.fail_on->value, Severity::kMedium);
  EXPECT_EQ(settings.severity->value.size(), 2U);
  EXPECT_EQ(settings.targets->value, std::vector<std::string>{"services"});
  EXPECT_EQ(settings.exclude.size(), 2U);
  EXPECT_EQ(settings.trusted_registries->value.size(), 2U);
  EXPECT_EQ(settings.label_schema->value.size(), 1U);
  EXPECT_TRUE(settings.strict_labels->value);
  ASSERT_EQ(settings.fix.size(), 3U);
  EXPECT_EQ(settings.fix.at("cpus").value, "0.5");
}

TEST(OwnFile, SaysNothingWhenItIsEmpty) {
  for (const char* text : {"", "# only a comment\n", "---\n", "ignore:\nrules:\n"}) {
    const Settings settings = read(text);
    EXPECT_TRUE(settings.problems.empty()) << text;
    EXPECT_TRUE(settings.ignores.empty());
  }
}

TEST(OwnFile, JsonIsYaml) {
  EXPECT_EQ(read(R"({"fail-on": "none"})").fail_on->value, std::nullopt);
}

struct Wrong {
  std::string_view text;
  std::string_view want;
};

class OwnFileProblemTest : public testing::TestWithParam<Wrong> {};

TEST_P(OwnFileProblemTest, IsSaidWithItsPlace) {
  EXPECT_EQ(first_problem(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    All, OwnFileProblemTest,
    testing::Values(
        Wrong{"fail-an: high\n",
              "plimsoll.yaml:1:1: unknown key 'fail-an'; did you mean 'fail-on'?"},
        Wrong{"fail-an:\n", "plimsoll.yaml:1:1: unknown key 'fail-an'; did you mean 'fail-on'?"},
        Wrong{"nothing-like-it: 1\n", "plimsoll.yaml:1:1: unknown key 'nothing-like-it'"},
        Wrong{"fail-on: HIGH\n",
              "plimsoll.yaml:1:10: 'fail-on' must be one of critical, high, medium, low and info; "
              "did you mean 'high'?"},
        Wrong{"select: some\n", "plimsoll.yaml:1:9: 'select' must be default or all"},
        Wrong{"rules: [a]\n", "plimsoll.yaml:1:8: 'rules' must be a mapping of keys"},
        Wrong{"rules:\n  image-run-as-root: off\n",
              "plimsoll.yaml:2:3: no rule is called 'image-run-as-root'; did you mean "
              "'image-runs-as-root'?"},
        Wrong{"rules:\n  hadolint:DL9999: off\n",
              "plimsoll.yaml:2:3: no rule is called 'hadolint:DL9999' (plimsoll rules lists them)"},
        Wrong{"rules:\n  image-runs-as-root: warning\n",
              "plimsoll.yaml:2:23: 'image-runs-as-root' must be on, off, a severity (critical, "
              "high, medium, low, info) or {enabled, severity}"},
        Wrong{"rules:\n  image-runs-as-root: {level: low}\n",
              "plimsoll.yaml:2:24: unknown key 'level'"},
        Wrong{"rules:\n  consecutive-runs: low\n  hadolint:DL3059: high\n",
              "plimsoll.yaml:3:3: 'consecutive-runs' is set twice: 'hadolint:DL3059' is another "
              "name of it"},
        Wrong{"ignore:\n  - rule: image-runs-as-root\n",
              "plimsoll.yaml:2:5: an ignore needs 'reason'"},
        Wrong{"ignore:\n  - rule: image-runs-as-root\n    reason: ' '\n",
              "plimsoll.yaml:3:13: 'reason' says nothing"},
        Wrong{"ignore:\n  - {rule: image-runs-as-root, reason: a, until: tomorrow}\n",
              "plimsoll.yaml:2:50: 'until' must be a date such as 2027-01-31"},
        Wrong{"ignore:\n  - {rule: image-runs-as-root, reason: a, until: 2027-02-30}\n",
              "plimsoll.yaml:2:50: 'until' must be a date such as 2027-01-31"},
        Wrong{"ignore:\n  - {rule: image-runs-as-root, reason: 1}\n",
              "plimsoll.yaml:2:40: 'reason' must be text: put it between quotes"},
        Wrong{"ignore:\n  - {rule: image-runs-as-root, raeson: a}\n",
              "plimsoll.yaml:2:32: unknown key 'raeson'; did you mean 'reason'?"},
        Wrong{"exclude: [/etc]\n",
              "plimsoll.yaml:1:11: 'exclude' must be a glob of paths below the root of the "
              "repository"},
        Wrong{"label-schema: {a: txt}\n",
              "plimsoll.yaml:1:19: unknown type of a label 'txt'; did you mean 'text'?"},
        Wrong{"fix: {memory: lots}\n", "plimsoll.yaml:1:15: 'lots' is no value for memory"},
        Wrong{"strict-labels: yes\n", "plimsoll.yaml:1:16: 'strict-labels' must be on or off"},
        Wrong{"fail-on: high\nfail-on: low\n",
              "plimsoll.yaml:2:1: the key 'fail-on' is there twice"},
        Wrong{"- a\n", "plimsoll.yaml:1:1: this is no mapping of keys"},
        Wrong{"fail-on: high\n---\nfail-on: low\n",
              "plimsoll.yaml:3:1: one document is read, not several"}));

TEST(OwnFile, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(read("a: 1\nfail-on: x\nrules: {nope: on}\n").problems.size(), 3U);
}

TEST(OwnFile, AnIgnoreThatIsWrongIgnoresNothing) {
  EXPECT_TRUE(
      read("ignore: [{rule: image-runs-as-root, reason: a, path: /etc}]\n").ignores.empty());
}

TEST(OwnFile, TheLastDayOfAnIgnoreStillHolds) {
  const auto expired = [](std::string_view day) {
    return read("ignore: [{rule: image-runs-as-root, reason: a, until: " + std::string(day) + "}]")
        .ignores.at(0)
        .expired;
  };
  EXPECT_FALSE(expired("2026-11-22"));
  EXPECT_TRUE(expired("2026-11-21"));
}

TEST(OwnFile, HostileSizesEnd) {
  std::string many = "ignore:\n";
  for (int i = 0; i < 12'000; ++i) many += " - {rule: image-runs-as-root, reason: a}\n";
  const Settings settings = read(many);
  EXPECT_EQ(settings.ignores.size(), 10'000U);
  EXPECT_EQ(settings.problems.size(), 1U);

  std::string unknown = "rules:\n";
  for (int i = 0; i < 20'000; ++i) unknown += "  image-runs-as-toor" + std::to_string(i) + ": on\n";
  EXPECT_EQ(read(unknown).problems.size(), 50U);

  EXPECT_FALSE(read("a: &a [*a]\n").problems.empty());
  EXPECT_FALSE(read(std::string(100'000, '[')).problems.empty());
}

}  // namespace
}  // namespace plimsoll::config
