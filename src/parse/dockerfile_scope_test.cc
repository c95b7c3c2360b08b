#include "parse/dockerfile_scope.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/limits.h"

namespace plimsoll::dockerfile {
namespace {

/// What `text` is where the last RUN stands; "?" when that cannot be known.
std::string at_last_run(std::string_view file, std::string_view text) {
  const SourceFile source("Dockerfile", std::string(file));
  const Dockerfile parsed = parse(source);
  const Instruction* run = nullptr;
  for (const Instruction& instruction : parsed.instructions) {
    if (instruction.keyword == Keyword::kRun) run = &instruction;
  }
  if (run == nullptr) return "no RUN";
  const Expansion expansion = Scope(parsed, *run).expand(text);
  return expansion.known ? expansion.text : "?";
}

struct Case {
  std::string_view file, text, want;
};
class ScopeTest : public testing::TestWithParam<Case> {};
TEST_P(ScopeTest, ExpandsAsTheBuildDoes) {
  EXPECT_EQ(at_last_run(GetParam().file, GetParam().text), GetParam().want) << GetParam().file;
}

INSTANTIATE_TEST_SUITE_P(
    Order, ScopeTest,
    testing::Values(Case{"FROM x\nENV A=1\nRUN b\n", "$A", "1"},
                    Case{"FROM x\nENV A=1\nENV A=2\nRUN b\n", "$A", "2"},
                    Case{"FROM x\nRUN b\nENV A=1\n", "$A", "?"},  // declared too late
                    Case{"FROM x\nENV A=1\nENV B=$A-$A\nRUN b\n", "$B", "1-1"},
                    // Within one ENV every value is that of before it.
                    Case{"FROM x\nENV A=old\nENV A=new B=$A\nRUN b\n", "$B", "old"}));
INSTANTIATE_TEST_SUITE_P(Arguments, ScopeTest,
                         testing::Values(Case{"FROM x\nARG A=1\nRUN b\n", "$A", "1"},
                                         Case{"FROM x\nARG A\nRUN b\n", "$A", "?"},
                                         Case{"FROM x\nARG A\nRUN b\n", "${A:-d}", "d"},
                                         // A global ARG is seen only by a stage that names it.
                                         Case{"ARG A=1\nFROM x\nRUN b\n", "$A", "?"},
                                         Case{"ARG A=1\nFROM x\nARG A\nRUN b\n", "$A", "1"},
                                         Case{"ARG A=1\nFROM x\nARG A=2\nRUN b\n", "$A", "2"}));
INSTANTIATE_TEST_SUITE_P(
    Stages, ScopeTest,
    testing::Values(Case{"FROM x AS a\nENV A=1\nFROM a\nRUN b\n", "$A", "1"},
                    Case{"FROM x AS a\nENV A=1\nFROM a AS c\nFROM c\nRUN b\n", "$A", "1"},
                    Case{"FROM x AS a\nENV A=1\nFROM x\nRUN b\n", "$A", "?"},
                    Case{"FROM x AS a\nENV A=1\nFROM a\nENV A=2\nRUN b\n", "$A", "2"}));

TEST(Scope, OfAStageHoldsAllItDeclares) {
  const SourceFile source("Dockerfile", "FROM x\nRUN b\nENV A=1\nARG B\n");
  const Dockerfile parsed = parse(source);
  const Scope scope(parsed, parsed.stages.at(0));
  EXPECT_EQ(scope.expand("$A").text, "1");
  EXPECT_TRUE(scope.declares("B"));  // though nobody knows its value
  EXPECT_FALSE(scope.declares("C"));
}

TEST(Scope, ValuesThatDoubleAreNotKnownBeyondTheLimit) {
  std::string file = "FROM x\nENV A=" + std::string(1024, 'a') + '\n';
  for (int i = 0; i < 40; ++i) file += "ENV A=$A$A\n";
  const SourceFile source("Dockerfile", file);
  const Dockerfile parsed = parse(source);
  const Expansion expansion = Scope(parsed, parsed.stages.at(0)).expand("$A");
  EXPECT_FALSE(expansion.known);
  EXPECT_LE(expansion.text.size(), limits::kExpandedValueBytes);
}

}  // namespace
}  // namespace plimsoll::dockerfile
