#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

TEST(AlpineSecdb, IsOneAdvisoryPerVulnerability) {
  constexpr std::string_view kText = R"json({
    "distroversion": "v3.99", "reponame": "main", "apkurl": "{{urlprefix}}", "packages": [
      {"pkg": {"name": "anvil", "secfixes": {"1.2-r0": ["CVE-2030-0002 GHSA-aaaa-bbbb-cccc",
                                                        "CVE-2030-0001 (+ regression fix)"]}}},
      {"pkg": {"name": "bell", "secfixes": {"0": ["CVE-2030-0001"], "2-r0": ["XSA-7"]}}}]})json";
  RecordingSink sink;
  ASSERT_TRUE(read_feed("main.json", kText, sink));
  ASSERT_EQ(sink.advisories.size(), 3U);
  const Advisory& both = sink.advisories[0];
  EXPECT_EQ(both.id, "CVE-2030-0001");
  EXPECT_TRUE(both.aliases.empty());
  ASSERT_EQ(both.affected.size(), 2U);
  EXPECT_EQ(both.affected[0].ecosystem, "Alpine:v3.99");
  EXPECT_EQ(both.affected[0].package, "anvil");
  EXPECT_EQ(both.affected[0].ranges, std::vector<Range>{{.fixed = "1.2-r0"}});
  EXPECT_EQ(both.affected[1].package, "bell");
  EXPECT_EQ(both.affected[1].status, Status::kNotAffected) << "version 0: it never had it";
  EXPECT_TRUE(both.affected[1].ranges.empty());
  EXPECT_EQ(sink.advisories[1].id, "CVE-2030-0002");
  EXPECT_EQ(sink.advisories[1].aliases, std::vector<std::string>{"GHSA-aaaa-bbbb-cccc"});
  EXPECT_EQ(sink.advisories[2].id, "XSA-7");
  EXPECT_TRUE(sink.skipped.empty());
}

struct Case {
  std::string_view head;
  std::string_view ecosystem;
};
class AlpineSecdbOrigin : public testing::TestWithParam<Case> {};

TEST_P(AlpineSecdbOrigin, IsKnownByItsRepository) {
  RecordingSink sink;
  const std::string text =
      "{" + std::string(GetParam().head) +
      R"(, "apkurl": "", "name": "anvil", "secfixes": {"1-r0": ["CVE-2030-0001"]}})";
  ASSERT_TRUE(read_feed("security.json", text, sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_EQ(sink.advisories[0].affected[0].ecosystem, GetParam().ecosystem);
}

INSTANTIATE_TEST_SUITE_P(
    Known, AlpineSecdbOrigin,
    testing::Values(
        Case{R"("distroversion": "edge", "reponame": "community")", "Alpine:edge"},
        Case{R"("urlprefix": "https://packages.wolfi.dev", "reponame": "os")", "Wolfi"},
        Case{R"("urlprefix": "https://packages.wolfi.dev", "reponame": "chainguard")",
             "Chainguard"},
        Case{R"("urlprefix": "https://packages.mini.dev", "reponame": "os")", "MinimOS"},
        Case{R"("urlprefix": "https://packages.cgr.dev", "reponame": "x")", "Chainguard"}));

TEST(AlpineSecdb, SkipsWhatNamesNoVulnerability) {
  constexpr std::string_view kText = R"json({
    "distroversion": "v3.99", "apkurl": "", "packages": [
      {"pkg": {"name": "anvil", "secfixes": {"1-r0": ["", 7, "(regression)", "CVE-2030-0001"]}}},
      {"pkg": {"secfixes": {}}}]})json";
  RecordingSink sink;
  ASSERT_TRUE(read_feed("main.json", kText, sink));
  EXPECT_EQ(sink.advisories.size(), 1U);
  ASSERT_EQ(sink.skipped.size(), 4U);
  EXPECT_EQ(sink.skipped[0].message, "anvil 1-r0: no vulnerability named");
}

TEST(AlpineSecdb, RefusesADatabaseOfNobody) {
  constexpr std::string_view kText = R"({"apkurl": "", "reponame": "os", "packages": []})";
  RecordingSink sink;
  EXPECT_FALSE(read_feed("x.json", kText, sink));
}

}  // namespace
}  // namespace plimsoll::advisory
