#include "check/fix_value.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plimsoll::check {
namespace {

TEST(FixValue, TakesWhatAnEngineTakes) {
  for (const char* assignment :
       {"memory=512m", "memory=67108864", "memory-request=1G", "cpus=0.5", "cpus=2",
        "cpu-request=250m", "pids=100", "user=1000", "user=1000:1000", "publish=127.0.0.1",
        "publish=192.168.1.10", "publish=::1"}) {
    FixValues values;
    EXPECT_TRUE(set_fix_value(assignment, values)) << assignment;
  }
}

TEST(FixValue, RefusesTheRest) {
  for (const char* assignment :
       {"memory=", "memory=0m", "memory=5x", "cpus=0", "cpus=1.2.3", "cpus=-1", "pids=0", "pids=1m",
        "user=root", "user=0:0", "user=0", "user=1000:", "user=9999999999", "publish=0.0.0.0",
        "publish=::", "publish=localhost", "publish=127.0.0.1:80", "tag=1", "memory"}) {
    FixValues values;
    const auto set = set_fix_value(assignment, values);
    ASSERT_FALSE(set) << assignment;
    EXPECT_EQ(set.error().code, ErrorCode::kUsage) << assignment;
  }
}

TEST(FixValue, AValueThatIsSetIsGiven) {
  FixValues values;
  ASSERT_TRUE(set_fix_value("publish=10.0.0.1", values));
  EXPECT_EQ(values.publish.text, "10.0.0.1");
  EXPECT_TRUE(values.publish.given);
  EXPECT_FALSE(values.memory.given);
}

TEST(FixValue, EveryExampleIsAValue) {
  const FixValues defaults;
  for (const FixValueName& each : fix_value_names()) {
    FixValues values;
    EXPECT_TRUE(set_fix_value(each.name, (defaults.*each.member).text, values)) << each.name;
  }
}

}  // namespace
}  // namespace plimsoll::check
