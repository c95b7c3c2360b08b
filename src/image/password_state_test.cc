#include "image/password_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace plimsoll::image {
namespace {

std::string states_of(std::string_view shadow, std::size_t size_of_pieces) {
  std::string states;
  PasswordStates reader(states);
  while (!shadow.empty()) {
    reader.piece(shadow.substr(0, size_of_pieces));
    shadow.remove_prefix(std::min(size_of_pieces, shadow.size()));
  }
  return states;
}

struct Case {
  std::string_view shadow;
  std::string_view want;
};
class PasswordStatesTest : public testing::TestWithParam<Case> {};

TEST_P(PasswordStatesTest, SayNoMoreThanWhoMayLogIn) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
    EXPECT_EQ(states_of(GetParam().shadow, size), GetParam().want) << "pieces of " << size;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shadow, PasswordStatesTest,
    testing::Values(Case{"root:*:19000:0:99999:7:::\n", "root:locked\n"},
                    Case{"root:!:19000::::::\napp:!locked:1::::::\n", "root:locked\napp:locked\n"},
                    Case{"root:::0:::::\n", "root:empty\n"},
                    Case{"root:$6$salt$hash:19000:0:99999:7:::\n", "root:set\n"},
                    Case{"a:x", "a:set\n"}, Case{"root:\nb:*:\n", "root:empty\nb:locked\n"},
                    Case{"no line of it\n:x:\n\nroot:*:\n", "root:locked\n"}, Case{"", ""}));

}  // namespace
}  // namespace plimsoll::image
