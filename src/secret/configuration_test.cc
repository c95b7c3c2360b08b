#include "secret/configuration.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "secret/detector_set.h"
#include "secret/secret_scan.h"

namespace plimsoll::secret {
namespace {

std::unique_ptr<DetectorSet> set_of(std::string path, std::string text) {
  const SourceFile source(std::move(path), std::move(text));
  auto configuration = read_configuration(source);
  EXPECT_TRUE(configuration) << configuration.error().to_line();
  return std::make_unique<DetectorSet>(configuration ? *std::move(configuration) : Configuration{});
}

std::string found(const DetectorSet& set, std::string_view text, std::string_view path = "a.txt") {
  std::string out;
  for (const Hit& hit : scan_text(set, path, text).hits) {
    out += (out.empty() ? "" : " ") + std::string(hit.detector) + ':' +
           std::to_string(hit.position.line) + ':' + std::to_string(hit.position.column);
  }
  return out;
}

constexpr std::string_view kRule =
    "rules:\n  - id: own\n    title: Own\n    severity: HIGH\n"
    "    regex: own=(?P<secret>[a-z]+)\n    secret-group-name: secret\n";

TEST(TrivyConfiguration, ItsRulesJoinTheBuiltInOnes) {
  const auto set = set_of("trivy-secret.yaml", std::string(kRule));
  EXPECT_EQ(found(*set, "x\nown=value\n"), "own:2:5");
  EXPECT_GT(set->detectors().size(), 200U);
}

TEST(TrivyConfiguration, KeywordsMustBeThere) {
  const auto set = set_of("t.yaml", std::string(kRule) + "    keywords: [Needed]\n");
  EXPECT_EQ(found(*set, "own=value"), "");
  EXPECT_EQ(found(*set, "needed own=value"), "own:1:12");
}

TEST(TrivyConfiguration, AnUnknownSeverityIsKnownToBe) {
  const auto set = set_of("t.yaml", "rules:\n  - id: own\n    regex: own\n    severity: bad\n");
  const Outcome outcome = scan_text(*set, "", "own");
  ASSERT_EQ(outcome.hits.size(), 1U);
  EXPECT_TRUE(outcome.hits.front().severity_unknown);
}

TEST(TrivyConfiguration, BlocksAndAllowancesLetPass) {
  const auto block = set_of(
      "t.yaml", std::string(kRule) + "exclude-block:\n  regexes:\n    - start(.|\\s)*stop\n");
  EXPECT_EQ(found(*block, "start own=a stop own=b"), "own:1:22");
  const auto allowed = set_of("t.yaml", std::string(kRule) + "allow-rules:\n  - regex: fine\n");
  EXPECT_EQ(found(*allowed, "own=fine own=b"), "own:1:14");
  const auto path = set_of("t.yaml", std::string(kRule) + "allow-rules:\n  - path: .*\\.txt\n");
  EXPECT_EQ(found(*path, "own=b"), "");
}

TEST(TrivyConfiguration, SwitchesBuiltInDetectors) {
  const auto off = set_of("t.yaml", "disable-rules: [github-pat]\n");
  const auto only = set_of("t.yaml", "enable-builtin-rules: [github-pat]\n");
  EXPECT_EQ(off->detectors().size() + 1, set_of("t.yaml", "{}")->detectors().size());
  EXPECT_EQ(only->detectors().size(), 1U);
}

TEST(TrivyConfiguration, PathRulesCanBeSwitchedOff) {
  const auto set = set_of("t.yaml", "disable-allow-rules: [tests]\n");
  EXPECT_EQ(why_skipped(*set, "tests/a.txt"), "");
  EXPECT_NE(why_skipped(*set, "example.txt"), "");
}

TEST(TrivyConfiguration, ABadPatternIsRefusedWithItsPlace) {
  const SourceFile source("t.yaml", "rules:\n  - id: a\n    regex: '(unclosed'\n");
  const auto configuration = read_configuration(source);
  ASSERT_FALSE(configuration);
  EXPECT_EQ(configuration.error().position.line, 3U);
}

TEST(GitleaksConfiguration, ItsRulesAreTheOnlyOnesUnlessItSaysSo) {
  const std::string rule = "[[rules]]\nid = \"own\"\nregex = '''own=([a-z]+)'''\n";
  EXPECT_EQ(set_of("a.toml", rule)->detectors().size(), 0U);
  EXPECT_GT(set_of("a.toml", "[extend]\nuseDefault = true\n" + rule)->detectors().size(), 200U);
  EXPECT_EQ(found(*set_of("a.toml", rule), "own=value"), "own:1:5") << "the group is the secret";
}

TEST(GitleaksConfiguration, EntropyStopWordsAndTargetsHold) {
  const std::string rule = "[[rules]]\nid = \"own\"\nregex = '''own=(\\w+)'''\n";
  EXPECT_EQ(found(*set_of("a.toml", rule + "entropy = 3.0\n"), "own=aaaaaaaa"), "");
  EXPECT_EQ(found(*set_of("a.toml", rule + "[[rules.allowlists]]\nstopwords = [\"Demo\"]\n"),
                  "own=my_demo own=other"),
            "own:1:17");
  EXPECT_EQ(found(*set_of("a.toml", rule + "[allowlist]\nregexTarget = \"line\"\n"
                                           "regexes = ['''# fine''']\n"),
                  "own=a # fine\nown=b"),
            "own:2:5");
  EXPECT_EQ(found(*set_of("a.toml", rule + "[[rules.allowlists]]\ncondition = \"AND\"\n"
                                           "paths = ['''x\\.txt''']\nregexes = ['''^a$''']\n"),
                  "own=a"),
            "own:1:5")
      << "both must hold";
}

}  // namespace
}  // namespace plimsoll::secret
