#include "advisory/ignore_format.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

struct Wrong {
  std::string_view path;
  std::string_view text;
  std::string_view line;  ///< of the first problem
};

class IgnoreFileWrong : public testing::TestWithParam<Wrong> {};

TEST_P(IgnoreFileWrong, IsSaidWithItsPlaceAndIgnoresNothing) {
  const IgnoreFile file =
      read_ignore_file(std::string(GetParam().path), std::string(GetParam().text));
  ASSERT_FALSE(file.problems.empty());
  EXPECT_EQ(file.problems[0].to_line(), GetParam().line);
  EXPECT_TRUE(file.rules.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, IgnoreFileWrong,
    testing::Values(
        Wrong{"ignore.txt", "", "ignore.txt: no ignore file is called so"},
        Wrong{".trivyignore", "\nCVE-1 exp:soon\n",
              ".trivyignore:2:1: no date: 'soon'; nothing is ignored by this entry"},
        Wrong{".trivyignore", "CVE-1 exp=2026-01-01",
              ".trivyignore:1:1: unknown word 'exp=2026-01-01'"},
        Wrong{".trivyignore.yaml", "vulnerabilitis: []",
              ".trivyignore.yaml:1:1: unknown key 'vulnerabilitis'; did you mean "
              "'vulnerabilities'?"},
        Wrong{".trivyignore.yaml", "vulnerabilities:\n - id: CVE-1\n   path: [a]\n",
              ".trivyignore.yaml:3:4: unknown key 'path'; did you mean 'paths'?"},
        Wrong{".trivyignore.yaml", "vulnerabilities: [{id: CVE-1, paths: ['{a,b}']}]",
              ".trivyignore.yaml:1:39: this path is not understood; nothing is ignored by this "
              "entry"},
        Wrong{".trivyignore.yaml", "vulnerabilities: [{id: CVE-1, purls: [npm]}]",
              ".trivyignore.yaml:1:39: this is no package URL"},
        Wrong{".trivyignore.yaml", "vulnerabilities: [{statement: x}]",
              ".trivyignore.yaml:1:19: an entry without 'id'"},
        Wrong{".trivyignore.yaml", "vulnerabilities: {id: CVE-1}",
              ".trivyignore.yaml:1:18: 'vulnerabilities' must be a list"},
        Wrong{".trivyignore.yml", "- CVE-1", ".trivyignore.yml:1:1: this is no mapping of keys"},
        Wrong{".grype.yaml", "ignroe: []",
              ".grype.yaml:1:1: unknown key 'ignroe'; did you mean 'ignore'?"},
        Wrong{".grype.yaml", "ignore: [{vulnerabilty: CVE-1}]",
              ".grype.yaml:1:11: unknown key 'vulnerabilty'; did you mean 'vulnerability'?"},
        Wrong{".grype.yaml", "ignore: [{fix-state: wontfix}]",
              ".grype.yaml:1:22: unknown fix-state 'wontfix'; did you mean 'wont-fix'?"},
        Wrong{".grype.yaml", "ignore: [{package: {type: pyton}}]",
              ".grype.yaml:1:27: unknown type 'pyton'; did you mean 'python'?"},
        Wrong{".grype.yaml", "ignore: [{package: {type: npm, language: go}}]",
              ".grype.yaml:1:20: no package is of this type and language"},
        Wrong{".grype.yaml", "ignore: [{vex-status: afected}]",
              ".grype.yaml:1:23: unknown vex-status 'afected'; did you mean 'affected'?"},
        Wrong{".grype.yaml", "ignore: [{package: {name: '('}}]",
              ".grype.yaml:1:27: this is no regular expression: missing ): ("},
        Wrong{"osv-scanner.toml", "[[IgnoredVuln]]\nid = 'A'\n",
              "osv-scanner.toml:1:1: unknown key 'IgnoredVuln'; did you mean 'IgnoredVulns'?"},
        Wrong{"osv-scanner.toml", "[[IgnoredVulns]]\nid = 'A'\nignoreUntil = 'soon'\n",
              "osv-scanner.toml:3:1: no date: 'soon'; nothing is ignored by this entry"},
        Wrong{"osv-scanner.toml", "[[PackageOverrides]]\nignore = 'x'\n",
              "osv-scanner.toml:2:1: 'ignore' must be true or false"},
        Wrong{".snyk", "ignore: [a]", ".snyk:1:9: 'ignore' must be a mapping of ids"},
        Wrong{".snyk", "ignore: {A: {}}", ".snyk:1:10: an id must have a list of paths"},
        Wrong{".snyk", "ignore: {A: [x]}", ".snyk:1:14: this is no path with what is said of it"},
        Wrong{".snyk", "ignore: {A: [{'*': {expire: 2027-01-01}}]}",
              ".snyk:1:21: unknown key 'expire'; did you mean 'expires'?"}));

struct Note {
  std::string_view path;
  std::string_view text;
  std::string_view line;
};

class IgnoreFileNote : public testing::TestWithParam<Note> {};

TEST_P(IgnoreFileNote, IsSaidOfWhatIgnoresNothing) {
  const IgnoreFile file =
      read_ignore_file(std::string(GetParam().path), std::string(GetParam().text));
  EXPECT_TRUE(file.problems.empty());
  EXPECT_TRUE(file.rules.empty());
  ASSERT_EQ(file.notes.size(), 1U);
  EXPECT_EQ(file.notes[0], GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    All, IgnoreFileNote,
    testing::Values(Note{".grype.yaml", "ignore: [{reason: x}]",
                         ".grype.yaml:1: an entry without conditions ignores nothing"},
                    Note{".snyk", "ignore: {A: [{'a > b': {reason: x}}]}",
                         ".snyk:1: an entry for the chain 'a > b' ignores nothing: only '*' and "
                         "'* > package' are decided"},
                    Note{"osv-scanner.toml", "[[PackageOverrides]]\ngroup='x'\nignore=true\n",
                         "osv-scanner.toml:1: an entry for the group 'x' ignores nothing: only "
                         "'dev' is known of packages"}));

TEST(IgnoreFile, KeepsReasonPlaceAndTheEntriesThatAreRight) {
  const IgnoreFile file =
      read_ignore_file("a/.trivyignore", "# not reachable\nCVE-1\nCVE-2 exp:x\nCVE-3 # note\n");
  ASSERT_EQ(file.rules.size(), 2U);
  EXPECT_EQ(file.rules[0].ids, std::vector<std::string>{"CVE-1"});
  EXPECT_EQ(file.rules[0].reason, "not reachable");
  EXPECT_EQ(file.rules[0].source, "a/.trivyignore");
  EXPECT_EQ(file.rules[1].line, 4U);
  EXPECT_EQ(file.problems.size(), 1U);
}

TEST(IgnoreFile, AsTheToolsWriteThemIsRight) {
  for (const auto& [path, text] : {
           std::pair{".snyk",
                     "# Snyk policy file\nversion: v1.25.0\nignore: {}\npatch: {}\n"
                     "exclude:\n  global:\n    - a/**\n"},
           std::pair{".grype.yaml", "only-fixed: true\nfail-on-severity: high\nignore:\n"},
           std::pair{".trivyignore.yaml", "misconfigurations:\n  - id: DS-0001\n"},
           std::pair{"osv-scanner.toml", "GoVersionOverride = '1.22'\n"},
           std::pair{".trivyignore", ""},
       }) {
    const IgnoreFile file = read_ignore_file(path, text);
    EXPECT_TRUE(file.problems.empty()) << path << ": " << file.problems[0].to_line();
    EXPECT_TRUE(file.rules.empty()) << path;
  }
}

TEST(IgnoreFile, ProblemsAndPatternsAreBounded) {
  std::string text = "ignore:\n";
  for (int i = 0; i < 3'000; ++i) text += "- {package: {name: 'a.*'}}\n";
  const IgnoreFile file = read_ignore_file(".grype.yaml", text);
  EXPECT_EQ(file.rules.size(), 1'000U);
  EXPECT_EQ(file.problems.size(), 50U);
}

}  // namespace
}  // namespace plimsoll::advisory
