#include "cli/value.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace plimsoll::cli {
namespace {

bool has(const Values& values, std::string_view word) {
  return std::any_of(values.words.begin(), values.words.end(),
                     [word](const Word& each) { return each.text == word; });
}

struct Case {
  std::string_view type_name;
  std::string_view word;  ///< one of the words; empty: there are none
  bool closed, list, files;
};

class ValuesTest : public testing::TestWithParam<Case> {};

TEST_P(ValuesTest, AreSaidByTheTypeName) {
  const Values values = values_of(GetParam().type_name);
  if (GetParam().word.empty()) {
    EXPECT_TRUE(values.words.empty());
  } else {
    EXPECT_TRUE(has(values, GetParam().word));
  }
  EXPECT_EQ(values.closed, GetParam().closed);
  EXPECT_EQ(values.list, GetParam().list);
  EXPECT_EQ(values.files, GetParam().files);
}

INSTANTIATE_TEST_SUITE_P(
    All, ValuesTest,
    testing::Values(Case{"N", "", false, false, false}, Case{"FILE", "", false, false, true},
                    Case{"TARGET", "", false, false, true},
                    Case{"table|json", "json", true, false, false},
                    Case{"SEVERITY|none", "none", true, false, false},
                    Case{"SEVERITY|none", "critical", true, false, false},
                    Case{"SEVERITY,...", "info", true, true, false},
                    Case{"FORMAT", "table", true, false, false},
                    Case{"COMMAND", "audit", true, false, false},
                    // Peers' ids name rules as well, so the slugs are not all.
                    Case{"default|all|RULE,...", "docker-socket-mounted", false, true, false},
                    Case{"none|FILE", "none", false, false, true}));

TEST(Values, TitlesComeAlong) {
  for (const Word& word : values_of("FORMAT").words) EXPECT_FALSE(word.title.empty()) << word.text;
}

}  // namespace
}  // namespace plimsoll::cli
