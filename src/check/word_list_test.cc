#include "check/word_list.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

constexpr WordList kTools = "apt-get apt  aptitude";

TEST(WordList, HoldsItsWordsAndNothingElse) {
  for (const std::string_view word : {"apt-get", "apt", "aptitude"}) EXPECT_TRUE(kTools.has(word));
  for (const std::string_view word : {"", " ", "ap", "pt", "get", "apt ", "apt-get apt", "aptx"}) {
    EXPECT_FALSE(kTools.has(word)) << word;
  }
}

TEST(WordList, AnEmptyListHoldsNothing) {
  EXPECT_FALSE(WordList().has(""));
  EXPECT_FALSE(WordList().has("apt"));
}

}  // namespace
}  // namespace plimsoll::check
