#include "advisory/ignore_rules.h"

#include <gtest/gtest.h>

#include "advisory/ignore_format.h"

namespace plimsoll::advisory {
namespace {

constexpr Date kToday{2026, 6, 15};

/// A package that rules in the words of the tools are held against.
const Package& package() {
  static const Package kPackage{.name = "libssl3",
                                .version = "3.0.1",
                                .ecosystem = "Debian",
                                .purl = "pkg:deb/debian/libssl3@3.0.1?arch=amd64&upstream=openssl",
                                .source_name = "openssl",
                                .dev = true,
                                .path = "/var/lib/dpkg/status"};
  return kPackage;
}

IgnoreSubject subject() {
  return {.ids = {"CVE-1", "GHSA-1"},
          .package = &package(),
          .ecosystem = "Debian:12",
          .fix_state = FixState::kWontFix,
          .vex_status = VexStatus::kNotAffected,
          .feed = "debian:distro:debian:12"};
}

/// "held" or "expired" with the line of the rule, or "".
std::string answer(std::string path, std::string text) {
  IgnoreFile file = read_ignore_file(std::move(path), std::move(text));
  for (const Error& problem : file.problems) ADD_FAILURE() << problem.to_line();
  IgnoreRules rules;
  rules.add(std::move(file.rules));
  const IgnoreAnswer found = rules.find(subject(), kToday);
  if (found.rule != nullptr) return "held " + std::to_string(found.rule->line);
  return found.expired == nullptr ? "" : "expired " + std::to_string(found.expired->line);
}

struct Case {
  std::string_view text;
  std::string_view answer;
};

class TrivyRule : public testing::TestWithParam<Case> {};
TEST_P(TrivyRule, Holds) {
  EXPECT_EQ(answer(".trivyignore", std::string(GetParam().text)), GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(All, TrivyRule,
                         testing::Values(Case{"CVE-1", "held 1"}, Case{"CVE-2", ""},
                                         Case{"cve-1", "held 1"}, Case{"GHSA-1", "held 1"},
                                         Case{"CVE-1 exp:2026-06-15", "held 1"},
                                         Case{"CVE-1 exp:2026-06-14", "expired 1"},
                                         Case{"CVE-1 exp:2026-06-14\nCVE-1", "held 2"},
                                         Case{"GHSA-1\nCVE-1", "held 1"}));

class TrivyYamlRule : public testing::TestWithParam<Case> {};
TEST_P(TrivyYamlRule, Holds) {
  EXPECT_EQ(answer(".trivyignore.yaml",
                   "vulnerabilities: [{id: CVE-1, " + std::string(GetParam().text) + "}]"),
            GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(
    All, TrivyYamlRule,
    testing::Values(Case{"statement: x", "held 1"}, Case{"paths: ['var/**']", "held 1"},
                    Case{"paths: ['/var/lib/dpkg/status']", "held 1"},
                    Case{"paths: ['usr/**']", ""}, Case{"paths: [a, 'var/lib/*/status']", "held 1"},
                    Case{"purls: ['pkg:deb/debian/libssl3']", "held 1"},
                    Case{"purls: ['pkg:deb/debian/libssl3@3.0.2']", ""},
                    Case{"purls: ['pkg:npm/a', 'pkg:deb/debian/openssl?arch=source']", "held 1"},
                    Case{"expired_at: 2026-06-14", "expired 1"},
                    Case{"expired_at: 2026-06-16T10:00:00Z", "held 1"}));

class GrypeRule : public testing::TestWithParam<Case> {};
TEST_P(GrypeRule, Holds) {
  EXPECT_EQ(answer(".grype.yaml", "ignore: [{" + std::string(GetParam().text) + "}]"),
            GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(
    All, GrypeRule,
    testing::Values(Case{"vulnerability: CVE-1", "held 1"}, Case{"vulnerability: GHSA-1", "held 1"},
                    Case{"vulnerability: GHSA-1, include-aliases: false", ""},
                    Case{"fix-state: wont-fix", "held 1"}, Case{"fix-state: fixed", ""},
                    Case{"vulnerability: CVE-1, fix-state: fixed", ""},
                    Case{"package: {name: 'lib.*'}", "held 1"}, Case{"package: {name: ssl}", ""},
                    Case{"package: {upstream-name: 'open.*'}", "held 1"},
                    Case{"package: {upstream-name: libssl3}", ""},
                    Case{"package: {version: 3.0.1}", "held 1"},
                    Case{"package: {version: 3.0}", ""}, Case{"package: {type: deb}", "held 1"},
                    Case{"package: {type: npm}", ""}, Case{"package: {language: python}", ""},
                    Case{"package: {location: '/var/lib/**'}", "held 1"},
                    Case{"package: {location: '/opt/**'}", ""},
                    Case{"namespace: 'debian:distro:debian:12'", "held 1"},
                    Case{"namespace: 'debian:distro:debian:11'", ""},
                    Case{"vex-status: not_affected", "held 1"}, Case{"vex-status: fixed", ""},
                    Case{"match-type: exact-indirect-match", ""}, Case{"reason: x", ""}));

class OsvScannerRule : public testing::TestWithParam<Case> {};
TEST_P(OsvScannerRule, Holds) {
  EXPECT_EQ(answer("osv-scanner.toml", std::string(GetParam().text)), GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(
    All, OsvScannerRule,
    testing::Values(
        Case{"[[IgnoredVulns]]\nid = 'GHSA-1'\n", "held 1"},
        Case{"[[IgnoredVulns]]\nid = 'CVE-1'\nignoreUntil = 2026-06-14\n", "expired 1"},
        Case{"[[IgnoredVulns]]\nid = 'CVE-1'\nignoreUntil = 2026-06-16T00:00:00Z\n", "held 1"},
        Case{"[[PackageOverrides]]\nname = 'libssl3'\nignore = true\n", "held 1"},
        Case{"[[PackageOverrides]]\nname = 'libssl3'\nlicense.ignore = true\n", ""},
        Case{"[[PackageOverrides]]\nname = 'lib.*'\nignore = true\n", ""},
        Case{"[[PackageOverrides]]\nname = 'lib.*'\nnameIsRegex = true\nignore = true\n", "held 1"},
        Case{"[[PackageOverrides]]\necosystem = 'Debian'\nvulnerability.ignore = true\n", "held 1"},
        Case{"[[PackageOverrides]]\necosystem = 'Debian:12'\nignore = true\n", "held 1"},
        Case{"[[PackageOverrides]]\necosystem = 'Debian:11'\nignore = true\n", ""},
        Case{"[[PackageOverrides]]\ngroup = 'dev'\nignore = true\n", "held 1"},
        Case{"[[PackageOverrides]]\ngroup = 'test'\nignore = true\n", ""},
        Case{
            "[[PackageOverrides]]\nversion = '3.0.1'\nignore = true\neffectiveUntil = 2026-01-01\n",
            "expired 1"},
        Case{"[[PackageOverrides]]\nversion = '3.0.2'\nignore = true\n", ""}));

class SnykRule : public testing::TestWithParam<Case> {};
TEST_P(SnykRule, Holds) {
  EXPECT_EQ(answer(".snyk", "ignore:\n  CVE-1:\n    - " + std::string(GetParam().text)),
            GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(
    All, SnykRule,
    testing::Values(Case{"'*': {reason: x}", "held 3"}, Case{"'*':", "held 3"},
                    Case{"'*': {expires: '2026-06-14T00:00:00.000Z'}", "expired 3"},
                    Case{"'* > libssl3': {reason: x}", "held 3"},
                    Case{"'* > libssl3@3.0.1': {reason: x}", "held 3"},
                    Case{"'* > libssl3@3.x': {reason: x}", ""},
                    Case{"'* > other': {reason: x}", ""}, Case{"'a > libssl3': {reason: x}", ""},
                    Case{"'*': {disregardIfFixable: true}", "held 3"}));

TEST(IgnoreRules, OfNoFilesHoldNothing) {
  const IgnoreAnswer found = IgnoreRules().find(subject(), kToday);
  EXPECT_EQ(found.rule, nullptr);
  EXPECT_EQ(found.expired, nullptr);
}

TEST(IgnoreRules, WithoutPackageUrlRulesThatNameOneDoNotHold) {
  IgnoreFile file =
      read_ignore_file(".trivyignore.yaml", "vulnerabilities: [{id: CVE-1, purls: ['pkg:npm/a']}]");
  IgnoreRules rules;
  rules.add(std::move(file.rules));
  const Package bare{.name = "a"};
  EXPECT_EQ(rules.find({.ids = {"CVE-1"}, .package = &bare}, kToday).rule, nullptr);
}

}  // namespace
}  // namespace plimsoll::advisory
