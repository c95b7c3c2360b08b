#include "config/configuration.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "config/describe.h"
#include "core/path.h"

namespace plimsoll::config {
namespace {

constexpr Date kToday{2026, 11, 22};

Loaded load_from(const MemoryFileSystem& files, bool trusted = false,
                 std::string explicit_file = {}) {
  return load(files, {.targets = {"."},
                      .explicit_file = std::move(explicit_file),
                      .trust_repository = trusted,
                      .working_folder = "/w",
                      .today = kToday});
}

Configuration of(std::string_view own, bool trusted = false) {
  MemoryFileSystem files;
  files.add("plimsoll.yaml", std::string(own));
  Loaded loaded = load_from(files, trusted);
  for (const Error& problem : loaded.problems) ADD_FAILURE() << problem.to_line();
  return std::move(loaded.configuration);
}

TEST(Trust, WhatWeakensIsNotAppliedAndSaid) {
  const Configuration configuration = of(
      "fail-on: none\nseverity: critical\ntargets: a\n"
      "rules: {image-runs-as-root: off, base-image-latest: info, healthcheck-missing: critical}\n");
  EXPECT_FALSE(configuration.fail_on);
  EXPECT_FALSE(configuration.severity);
  EXPECT_FALSE(configuration.targets);
  EXPECT_TRUE(configuration.shows("image-runs-as-root", true));
  EXPECT_FALSE(configuration.rules.contains("image-runs-as-root"));
  EXPECT_FALSE(configuration.rules.at("base-image-latest").severity);
  EXPECT_EQ(configuration.rules.at("healthcheck-missing").severity->value, Severity::kCritical);
  ASSERT_EQ(configuration.notes.size(), 1U);
  EXPECT_EQ(configuration.notes[0],
            "plimsoll.yaml: not applied without --trust-repo-config: a laxer fail-on, severity, "
            "targets, lower severities (base-image-latest), rules switched off "
            "(image-runs-as-root)");
}

TEST(Trust, WhatEveryReportCountsHoldsWithout) {
  const Configuration configuration =
      of("exclude: [vendor, '**/testdata']\n"
         "ignore: [{rule: image-runs-as-root, reason: a test}]\n");
  const Exclusion* const exclusion = configuration.exclusion_of("a/testdata/Dockerfile");
  ASSERT_NE(exclusion, nullptr);
  EXPECT_EQ(exclusion->from, "plimsoll.yaml:1:19");
  EXPECT_EQ(configuration.exclusion_of("Dockerfile"), nullptr);
  EXPECT_EQ(configuration.ignores.size(), 1U);
  EXPECT_TRUE(configuration.notes.empty());
}

TEST(Trust, WhatIsStricterAlwaysHolds) {
  const Configuration configuration =
      of("select: all\nfail-on: low\nrules: {label-missing: {enabled: on, severity: high}}\n"
         "trusted-registries: [ghcr.io]\n");
  EXPECT_TRUE(configuration.all_rules->value);
  EXPECT_EQ(configuration.fail_on->value, Severity::kLow);
  EXPECT_TRUE(configuration.shows("label-missing", false));
  EXPECT_TRUE(configuration.notes.empty());
  check::RuleOptions options;
  configuration.apply(options);
  EXPECT_EQ(options.trusted_registries, std::vector<std::string>{"ghcr.io"});
}

TEST(Trust, GivenItEverythingHolds) {
  const Configuration configuration =
      of("fail-on: none\ntargets: [a]\nrules: {image-runs-as-root: off}\n", true);
  EXPECT_EQ(configuration.fail_on->value, std::nullopt);
  EXPECT_EQ(configuration.targets->value, std::vector<std::string>{"a"});
  EXPECT_FALSE(configuration.shows("image-runs-as-root", true));
  EXPECT_TRUE(configuration.notes.empty());
}

TEST(Precedence, TheUsersFileBeatsOursBeatsThePeers) {
  MemoryFileSystem files;
  files.add(".hadolint.yaml", "failure-threshold: info\noverride: {error: [DL3059]}\n");
  files.add("plimsoll.yaml", "fail-on: medium\nselect: all\n");
  files.add("/etc/org.yaml", "fail-on: critical\n");
  const Configuration both = load_from(files).configuration;
  EXPECT_EQ(both.fail_on->value, Severity::kMedium);
  EXPECT_EQ(both.fail_on->from, "plimsoll.yaml:1:10");
  EXPECT_EQ(both.rules.at("consecutive-runs").severity->value, Severity::kHigh);
  const Configuration all = load_from(files, false, "/etc/org.yaml").configuration;
  EXPECT_EQ(all.fail_on->value, Severity::kCritical);  // what the user gives is trusted
  EXPECT_TRUE(all.all_rules->value);
  EXPECT_EQ(all.files,
            (std::vector<std::string>{".hadolint.yaml", "plimsoll.yaml", "/etc/org.yaml"}));
}

TEST(Load, AMissingExplicitFileIsAProblem) {
  const Loaded loaded = load_from(MemoryFileSystem{}, false, "nowhere.yaml");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_EQ(loaded.problems[0].path, "nowhere.yaml");
}

TEST(Load, AnotherRepositorysFilesAreSaidNotRead) {
  MemoryFileSystem files;
  files.add("a/plimsoll.yaml", "");
  files.add("b/plimsoll.yaml", "fail-on: low\n");
  const Loaded loaded = load(files, {.targets = {"a", "b"}, .working_folder = "/w"});
  EXPECT_FALSE(loaded.configuration.fail_on);
  EXPECT_EQ(loaded.configuration.notes,
            std::vector<std::string>{
                "b/plimsoll.yaml: not read, the first target's configuration holds"});
}

TEST(Ignores, ThoseThatEndedAreSaidAndIgnoreNothing) {
  const Configuration configuration =
      of("ignore:\n - {rule: image-runs-as-root, reason: a, until: 2026-01-01, owner: ops}\n");
  EXPECT_TRUE(configuration.ignores.empty());
  EXPECT_EQ(
      configuration.notes,
      std::vector<std::string>{
          "plimsoll.yaml:2:4: the ignore of image-runs-as-root ended on 2026-01-01; ask ops"});
}

/// Whether a finding of the rule image-runs-as-root is suppressed.
bool suppresses(const Configuration& configuration, const SourceFile* file,
                std::string subject = "s") {
  std::vector<Finding> findings(1);
  findings[0].rule = "image-runs-as-root";
  findings[0].file = file;
  findings[0].subject = std::move(subject);
  EXPECT_TRUE(configuration.apply(findings).complete);
  return findings[0].suppressed.has_value();
}

TEST(Ignores, HoldForTheirPathsOnly) {
  const Configuration configuration =
      of("ignore: [{rule: image-runs-as-root, reason: a, path: build}]\n");
  const SourceFile inside("build/Dockerfile", "");
  const SourceFile outside("Dockerfile", "");
  EXPECT_TRUE(suppresses(configuration, &inside));
  EXPECT_FALSE(suppresses(configuration, &outside));
  EXPECT_FALSE(suppresses(configuration, nullptr));
}

TEST(Ignores, DoNotReachBeyondTheirFolder) {
  const Configuration configuration = of("ignore: [{rule: image-runs-as-root, reason: a}]\n");
  const SourceFile inside("/w/x/Dockerfile", "");  // the same folder, called otherwise
  const SourceFile outside("../other/Dockerfile", "");
  EXPECT_TRUE(suppresses(configuration, &inside));
  EXPECT_FALSE(suppresses(configuration, &outside));
}

TEST(Ignores, NameASubjectWithOrWithoutItsFile) {
  const SourceFile file("compose.yaml", "");
  for (const char* glob : {"web", "w*", "compose.yaml#web"}) {
    const Configuration configuration =
        of("ignore: [{rule: image-runs-as-root, reason: a, subject: '" + std::string(glob) + "'}]");
    EXPECT_TRUE(suppresses(configuration, &file, "compose.yaml#web")) << glob;
    EXPECT_FALSE(suppresses(configuration, &file, "compose.yaml#db")) << glob;
  }
}

TEST(Ignores, OfAHostileFileEndWithoutSuppressingTheRest) {
  std::string own = "ignore:\n";
  for (int i = 0; i < 5000; ++i) {
    own +=
        " - {rule: image-runs-as-root, reason: a, path: '*a*a*a*a*a" + std::to_string(i) + "'}\n";
  }
  const Configuration configuration = of(own);
  const SourceFile file("a/long/path/to/a/Dockerfile", "");
  std::vector<Finding> findings(2000);
  for (Finding& finding : findings) {
    finding.rule = "image-runs-as-root";
    finding.file = &file;
  }
  EXPECT_FALSE(configuration.apply(findings).complete);
  EXPECT_FALSE(findings.back().suppressed);
}

TEST(Ignores, LeaveEarlierSuppressionsAlone) {
  const Configuration configuration = of("ignore: [{rule: image-runs-as-root, reason: a}]\n");
  const SourceFile file("Dockerfile", "");
  std::vector<Finding> findings(1);
  findings[0].rule = "image-runs-as-root";
  findings[0].file = &file;
  findings[0].suppressed = Suppression{"plimsoll", "in the file", ""};
  EXPECT_TRUE(configuration.apply(findings).complete);
  EXPECT_EQ(findings[0].suppressed->reason, "in the file");
}

TEST(Ignores, ThatMatchNothingAreKnown) {
  const Configuration configuration =
      of("ignore:\n"
         " - {rule: image-runs-as-root, reason: first}\n"
         " - {rule: image-runs-as-root, reason: second}\n"
         " - {rule: image-runs-as-root, reason: elsewhere, path: gone}\n"
         " - {rule: host-ipc, reason: no finding}\n");
  const SourceFile file("Dockerfile", "");
  std::vector<Finding> findings(2);
  for (Finding& finding : findings) {
    finding.rule = "image-runs-as-root";
    finding.file = &file;
  }
  const Applied applied = configuration.apply(findings);
  std::string unused;
  for (const LiveIgnore* live : applied.unused) unused += live->from + ' ';
  EXPECT_EQ(unused, "plimsoll.yaml:4:4 plimsoll.yaml:5:4 ");
  EXPECT_EQ(findings[0].suppressed->reason, "first");
}

TEST(Ignores, OfAVulnerabilityHoldForItsNamesPackagesAndPaths) {
  const Configuration configuration =
      of("ignore:\n"
         " - {vulnerability: [cve-2024-1, GHSA-x], package: openssl, reason: a}\n"
         " - {vulnerability: CVE-2024-2, path: usr/lib/node_modules/, reason: b}\n");
  struct Row {
    const char* id;
    const char* package;
    const char* source;
    const char* path;
    const char* reason;  ///< "" when none holds
  };
  constexpr Row kRows[] = {
      {"CVE-2024-1", "openssl", "", "", "a"},
      {"ghsa-x", "OpenSSL", "", "", "a"},
      {"CVE-2024-1", "libssl3", "openssl", "", "a"},
      {"CVE-2024-1", "zlib", "", "", ""},
      {"CVE-2024-2", "npm", "", "/usr/lib/node_modules/npm/package.json", "b"},
      {"CVE-2024-2", "npm", "", "/opt/npm/package.json", ""},
      {"CVE-2024-3", "openssl", "", "", ""},
  };
  for (const Row& row : kRows) {
    const Package package{.name = row.package, .source_name = row.source, .path = row.path};
    const LiveIgnore* ignore = configuration.ignore_of({"X-1", row.id}, package);
    EXPECT_EQ(ignore == nullptr ? "" : ignore->ignore.suppression.reason, row.reason)
        << row.id << ' ' << row.package << ' ' << row.path;
  }
  // Findings of rules do not use them, and none is said to be unused for that.
  std::vector<Finding> findings(1);
  EXPECT_TRUE(configuration.apply(findings).unused.empty());
}

TEST(Describe, ReadsBackAsTheSameConfiguration) {
  const Configuration first = of(
      "select: all\nfail-on: none\nseverity: [high, low]\nexclude: [a]\n"
      "rules: {image-runs-as-root: off, base-image-latest: {enabled: on, severity: info}}\n"
      "trusted-registries: ['*.io']\nlabel-schema: {a: url}\nstrict-labels: on\nfix: {memory: 1g}\n"
      "ignore: [{rule: trivy:DS-0002, path: ['b/**'], subject: 'w*', reason: \"it's \\e[31m\", "
      "owner: o, until: 2030-01-01}, "
      "{vulnerability: [CVE-2024-1], package: 'a b', reason: none}]\n",
      true);
  const std::string text = describe(first);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  const std::string again = describe(of(text, true));
  const auto without_comments = [](std::string_view lines) {
    std::string out;
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      const std::string_view line = lines.substr(0, end);
      out += std::string(line.substr(0, line.find("  # "))) + '\n';
      lines.remove_prefix(end + 1);
    }
    return out;
  };
  EXPECT_EQ(without_comments(text), without_comments(again));
  EXPECT_NE(text.find("fail-on: none  # plimsoll.yaml:2:10\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace plimsoll::config
