// Versions compared as people and scripts ask for it.

#include <gtest/gtest.h>

#include <string>

#include "process.h"

namespace plimsoll::test {
namespace {

TEST(DbCompare, AnswersTheCommandLine) {
  struct Case {
    std::vector<std::string> operands;
    std::string want;
  };
  const Case kCases[] = {
      {{"Debian:12", "1.0~rc1", "1.0"}, "<\n"},     {{"pypi", "1.0", "1.0.0"}, "=\n"},
      {{"Red Hat", "1.0^git", "1.0"}, ">\n"},       {{"npm", "in", "^1.2", "1.9.0"}, "in\n"},
      {{"npm", "in", "^1.2", "2.0.0"}, "out\n"},    {{"npm", "^1.2", "1.9.0"}, "in\n"},
      {{"npm", "1.9.0", ">=2"}, "out\n"},           {{"semver", "1.2.3", "<", "1.2.4"}, "<\n"},
      {{"generic", "2", "2.0", "--range"}, "in\n"}, {{"generic", "2", "2.0"}, "=\n"},
  };
  for (const Case& each : kCases) {
    std::vector<std::string> arguments{"db", "compare"};
    arguments.insert(arguments.end(), each.operands.begin(), each.operands.end());
    const Outcome outcome = plimsoll(arguments);
    EXPECT_EQ(outcome.out, each.want) << each.operands[0] << ' ' << each.operands[1];
    EXPECT_EQ(outcome.status, 0) << outcome.err;
  }
}

TEST(DbCompare, AnswersLineByLine) {
  const Outcome outcome = plimsoll({"db", "compare", "-"},
                                   "deb\t1.0\t1.0-1\n"
                                   "# a comment\n"
                                   "npm\tin\t>1.0 <2 || 3.x\t3.1.0\r\n"
                                   "maven\t(,1.0]\t1.1\n"
                                   "apk\t1.0\t<=\t1.0-r0\tsource\n"
                                   "gem\t< 0.1\t\ttrue\n"
                                   "semver\t>1.1\t<3\t4.3.2\tfalse\n"
                                   "npm\t2.3.4\t==2\ttrue");
  EXPECT_EQ(outcome.out, "<\n\nin\nout\n<\nin\nout\nin\n");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST(DbCompare, TakesTheEcosystemOfAllLines) {
  EXPECT_EQ(plimsoll({"db", "compare", "Alpine", "-"}, "1.0_rc1\t1.0\n1.0\t>\t1.0_rc1\tx\n").out,
            "<\n>\n");
}

TEST(DbCompare, SaysWhatIsNoQuestionAndGoesOn) {
  const std::string long_line = "deb\t" + std::string(100'000, '1') + "\t1\n";
  const Outcome outcome =
      plimsoll({"db", "compare", "-"}, "deb\t1\t2\nnowhere\t1\t2\ndeb\t1\n" + long_line +
                                           "npm\tin\t^^\t1.0.0\ndeb\t1\t2\t3\ndeb\t2\t1\n");
  EXPECT_EQ(outcome.out, "<\nerror\nerror\nerror\nerror\nerror\n>\n");
  EXPECT_EQ(outcome.status, 3);
  for (const char* number : {"line 2: ", "line 3: ", "line 4: ", "line 5: ", "line 6: "}) {
    EXPECT_NE(outcome.err.find(number), std::string::npos) << number;
  }
}

TEST(DbCompare, AnswersBeforeItIsToldAll) {
  Conversation conversation({"db", "compare", "deb", "-"});
  ASSERT_TRUE(conversation.say("1.0\t2.0\n"));
  EXPECT_EQ(conversation.hear(), "<\n");
  conversation.hang_up();
  EXPECT_EQ(conversation.finish(), 0);
}

TEST(DbCompare, RefusesOtherCommandLines) {
  const std::vector<std::vector<std::string>> kWrong{
      {"db"},
      {"db", "what"},
      {"db", "compare", "nowhere", "1", "2"},
      {"db", "compare", "deb", "1"},
      {"db", "compare", "deb", "1", "2", "3"},
      {"db", "compare", "nowhere", "-"},
      {"db", "compare", "deb", "1", "-"},
      {"db", "compare", "npm", "in", "^^", "1.0.0"},
  };
  for (const auto& arguments : kWrong) {
    const Outcome outcome = plimsoll(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments.back();
    EXPECT_FALSE(outcome.err.empty());
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace plimsoll::test
