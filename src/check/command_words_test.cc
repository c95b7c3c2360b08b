#include "check/command_words.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

using Words = std::vector<std::string_view>;

TEST(CommandWords, SplitsShellStringsAndDropsTheirQuotes) {
  Workload workload;
  workload.entrypoint = {"sh", "-c"};
  workload.command = {"app --a 'b' && \"c\";d"};
  EXPECT_EQ(command_words(workload), (Words{"sh", "-c", "app", "--a", "b", "c", "d"}));
}

TEST(CommandWords, KeepsAnEmptyElementSoThatTheNextWordIsNotTakenForIt) {
  Workload workload;
  workload.command = {"--password", "", "next"};
  EXPECT_EQ(command_words(workload), (Words{"--password", "", "next"}));
}

struct Case {
  std::string_view command;
  std::string_view word;
  std::uint32_t begin;
  std::uint32_t end;
};
class PlaceOfWord : public testing::TestWithParam<Case> {};

TEST_P(PlaceOfWord, IsTheWholeWord) {
  const SourceFile file("a", std::string(GetParam().command));
  Workload workload;
  workload.command_place = {&file, {0, static_cast<std::uint32_t>(file.text().size())}};
  EXPECT_EQ(place_of_word(workload, GetParam().word).span,
            (Span{GetParam().begin, GetParam().end}));
}

INSTANTIATE_TEST_SUITE_P(
    Commands, PlaceOfWord,
    testing::Values(Case{"a bc d", "bc", 2, 4},
                    Case{"--password=password", "password", 11, 19},  // not the flag's own name
                    Case{"[\"x\", \"y z\"]", "x", 2, 3},
                    Case{"abc", "b", 0, 3},  // no word of its own: the whole command
                    Case{"abc", "", 0, 3}));

TEST(IsWrittenAt, TellsLiteralsFromWhatVariablesGave) {
  const SourceFile file("a", "run --pw ${PW} --user me");
  const Place place{&file, {0, 24}};
  EXPECT_TRUE(is_written_at(place, "me"));
  EXPECT_FALSE(is_written_at(place, "hunter22"));
  EXPECT_TRUE(is_written_at({&file, {15, 24}}, "hunter22"));  // nothing there is a variable
}

}  // namespace
}  // namespace plimsoll::check
