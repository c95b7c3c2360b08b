#include "report/merge.h"

#include <gtest/gtest.h>

namespace plimsoll::report {
namespace {

NamedDocument named(std::string name, int percent, std::size_t services) {
  NamedDocument one{std::move(name), {}};
  one.document.score = {.known = true,
                        .percent = percent,
                        .controls = {{Control::kIsolation, Status::kFail, 1, 1, 0}}};
  for (std::size_t i = 0; i < services; ++i) {
    one.document.subjects.push_back({one.name + std::to_string(i), "service", "s", "c"});
  }
  one.document.subjects.push_back({one.name + "#file", "compose", "c", "c"});
  Entry& finding = one.document.findings.emplace_back();
  finding.rule = "r";
  finding.fingerprint = "same";
  return one;
}

TEST(Merge, KeepsAFindingOnceAndWeighsTheScore) {
  const std::vector<NamedDocument> both{named("a", 100, 3), named("b", 20, 1)};
  const Document merged = merge(both);
  EXPECT_EQ(merged.findings.size(), 1U);
  EXPECT_EQ(merged.subjects.size(), 6U);
  EXPECT_EQ(merged.score.percent, 80);
  ASSERT_EQ(merged.score.controls.size(), 1U);
  EXPECT_EQ(merged.score.controls[0].passed, 2);
}

TEST(Merge, AScoreNobodyKnowsStaysUnknown) {
  NamedDocument one = named("a", 0, 0);
  one.document.score.known = false;
  EXPECT_FALSE(merge(std::vector<NamedDocument>{one}).score.known);
}

TEST(Trend, IsALinePerReport) {
  EXPECT_EQ(trend_table(std::vector<NamedDocument>{named("a.json", 100, 1), named("b.json", 7, 1)}),
            "report    score  findings  critical      high    medium       low\n"
            "a.json    100 %         1         0         0         0         1\n"
            "b.json      7 %         1         0         0         0         1\n");
}

}  // namespace
}  // namespace plimsoll::report
