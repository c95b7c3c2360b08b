#include "core/exit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace plimsoll {
namespace {

TEST(Exit, TheWorseOfTwoHolds) {
  // The contract: environment > rejected > incomplete > findings > clean.
  const Exit order[] = {Exit::kClean, Exit::kFindings, Exit::kIncomplete, Exit::kRejected,
                        Exit::kEnvironment};
  for (std::size_t a = 0; a < std::size(order); ++a) {
    for (std::size_t b = 0; b < std::size(order); ++b) {
      EXPECT_EQ(worse(order[a], order[b]), order[std::max(a, b)]) << a << ' ' << b;
    }
  }
}

}  // namespace
}  // namespace plimsoll
