#include "advisory/priority.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace plimsoll::advisory {
namespace {

Vulnerability of_tier(std::string tier) {
  Vulnerability vulnerability;
  vulnerability.severity = Severity::kCritical;
  vulnerability.tier = std::move(tier);
  return vulnerability;
}

TEST(Priority, FallsWithTheDistanceFromWhatRuns) {
  double last = 100;
  for (const char* tier : {"in-use", "loadable", "present", "build-only", "not-in-execute-path"}) {
    Vulnerability vulnerability = of_tier(tier);
    prioritise(vulnerability);
    EXPECT_LT(vulnerability.priority, last) << tier;
    last = vulnerability.priority;
  }
}

TEST(Priority, SaysThatOnlyABuildHasIt) {
  Vulnerability vulnerability = of_tier("build-only");
  prioritise(vulnerability);
  EXPECT_EQ(vulnerability.priority, 10.5);  // 100 × 1 × 0.35 × 0.3
  EXPECT_EQ(vulnerability.reasons.back(), "only what develops or builds has it");
}

TEST(Priority, OfWhatIsExploitedStaysFirstWhereItIsBuilt) {
  Vulnerability vulnerability = of_tier("build-only");
  vulnerability.is_exploited = true;
  prioritise(vulnerability);
  EXPECT_GE(vulnerability.priority, 90);
}

}  // namespace
}  // namespace plimsoll::advisory
