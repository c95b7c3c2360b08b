#include "core/control.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(Controls, StandInTheOrderOfTheirEnumerators) {
  for (std::size_t i = 0; i < kControlCount; ++i) {
    EXPECT_EQ(static_cast<std::size_t>(controls()[i].control), i);
    EXPECT_EQ(id(static_cast<Control>(i)), controls()[i].id);
    EXPECT_EQ(title(static_cast<Control>(i)), controls()[i].title);
  }
}

}  // namespace
}  // namespace plimsoll
