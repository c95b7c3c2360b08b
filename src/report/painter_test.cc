#include "report/painter.h"

#include <gtest/gtest.h>

namespace plimsoll::report {
namespace {

TEST(SizeText, IsShortAndByThousands) {
  struct Case {
    std::uint64_t bytes;
    const char* expected;
  };
  constexpr Case kCases[] = {{0, "0 B"},
                             {999, "999 B"},
                             {1000, "1 kB"},
                             {482'400, "482 kB"},
                             {999'600, "1.0 MB"},
                             {38'200'000, "38 MB"},
                             {9'940'000, "9.9 MB"},
                             {1'250'000'000, "1.2 GB"},
                             {UINT64_MAX, "18446744 TB"}};
  for (const Case& each : kCases) EXPECT_EQ(size_text(each.bytes), each.expected);
}

}  // namespace
}  // namespace plimsoll::report
