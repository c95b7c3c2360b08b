#include "report/line_hash.h"

#include <gtest/gtest.h>

namespace plimsoll::report {
namespace {

using Hashes = std::vector<std::string>;

struct Case {
  std::string text;
  Hashes want;
};

class LineHashes : public testing::TestWithParam<Case> {};

TEST_P(LineHashes, AreThoseOfGitHub) {
  EXPECT_EQ(line_hashes(SourceFile("f", GetParam().text)), GetParam().want);
}

// The first four are GitHub's own expectations; the last was made by running its algorithm.
INSTANTIATE_TEST_SUITE_P(
    Vectors, LineHashes,
    testing::Values(Case{"", {"c129715d7a2bc9a3:1"}},
                    Case{" a\nb\n  \t\tc\n d",
                         {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1",
                          "a23a3dc5e078b07b:1"}},
                    Case{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
                         {"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1",
                          "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1"}},
                    Case{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
                         {"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
                          "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
                          "c129715d7a2bc9a3:1"}},
                    Case{"\xC3\xA9\xF0\x9F\x98\x80\n" + std::string(120, 'y') + "\n" +
                             std::string(120, 'y') + "\n",
                         {"e0fe99362a6f3504:1", "cadd4b5b9d92c51c:1", "cadd4b5b9d92c51c:2",
                          "c129715d7a2bc9a3:1"}}));

}  // namespace
}  // namespace plimsoll::report
