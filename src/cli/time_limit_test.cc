#include "cli/time_limit.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "core/exit.h"

namespace plimsoll::cli {
namespace {

struct Duration {
  std::string text;
  int seconds;  ///< 0: none
};

class Durations : public testing::TestWithParam<Duration> {};

TEST_P(Durations, AreReadAsGoWritesThem) {
  const auto read = parse_duration(GetParam().text);
  EXPECT_EQ(read ? read->count() : 0, GetParam().seconds) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(TimeLimit, Durations,
                         testing::Values(Duration{"30s", 30}, Duration{"5m", 300},
                                         Duration{"5m0s", 300}, Duration{"1h30m", 5400},
                                         Duration{"", 0}, Duration{"5", 0}, Duration{"m", 0},
                                         Duration{"0s", 0}, Duration{"-5m", 0}, Duration{"5d", 0},
                                         Duration{"99999999999h", 0}, Duration{"9999999h", 0},
                                         Duration{"5m x", 0}));

TEST(TimeLimitDeathTest, EndsTheProcess) {
  EXPECT_EXIT(
      {
        end_after(std::chrono::seconds(1));
        for (;;) std::this_thread::sleep_for(std::chrono::minutes(1));
      },
      testing::ExitedWithCode(static_cast<int>(Exit::kIncomplete)), "--timeout is over");
}

}  // namespace
}  // namespace plimsoll::cli
