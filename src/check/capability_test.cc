#include "check/capability.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

TEST(Capability, DangerIsWhatReachesTheHost) {
  ASSERT_NE(find_dangerous_capability("SYS_ADMIN"), nullptr);
  EXPECT_EQ(find_dangerous_capability("SYS_ADMIN")->severity, Severity::kCritical);
  EXPECT_EQ(find_dangerous_capability("NET_ADMIN")->severity, Severity::kMedium);
  EXPECT_EQ(find_dangerous_capability("CHOWN"), nullptr);
  EXPECT_EQ(find_dangerous_capability(""), nullptr);
}

TEST(Capability, EnginesGrantDifferentOnes) {
  EXPECT_TRUE(is_default_capability("NET_RAW", Form::kCompose));
  EXPECT_FALSE(is_default_capability("NET_RAW", Form::kPodmanRun));
  EXPECT_FALSE(is_default_capability("NET_RAW", Form::kKubernetes));
  EXPECT_TRUE(is_default_capability("CHOWN", Form::kQuadlet));
  EXPECT_FALSE(is_default_capability("SYS_ADMIN", Form::kCompose));
}

}  // namespace
}  // namespace plimsoll::check
