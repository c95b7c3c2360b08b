#include "core/report.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(Report, FindsARuleBySlug) {
  const RuleInfo a{.slug = "a"};
  const RuleInfo c{.slug = "c"};
  Report report;
  report.rules = {&a, &c};
  EXPECT_EQ(report.rule("a"), &a);
  EXPECT_EQ(report.rule("c"), &c);
  EXPECT_EQ(report.rule("b"), nullptr);
  EXPECT_EQ(report.rule("d"), nullptr);
}

TEST(Report, FindsASubjectById) {
  Report report;
  report.subjects = {{"a#x", "service", "x", "a"}, {"b", "dockerfile", "b", "b"}};
  ASSERT_NE(report.subject("b"), nullptr);
  EXPECT_EQ(report.subject("b")->kind, "dockerfile");
  EXPECT_EQ(report.subject("a"), nullptr);
}

TEST(Finding, AboutReplacesTheJudgedSubjectThenAdds) {
  Finding finding;
  finding.subject = "the project";
  finding.about("web").about("db");
  EXPECT_EQ(finding.subject, "web");
  EXPECT_EQ(finding.also, std::vector<std::string>{"db"});
}

}  // namespace
}  // namespace plimsoll
