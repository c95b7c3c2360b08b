#include "advisory/priority.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace plimsoll::advisory {
namespace {

using Network = Exposure::Network;

Vulnerability severe(std::string tier = "present") {
  return {.id = "CVE-1", .severity = Severity::kCritical, .tier = std::move(tier)};
}

double priority_of(Vulnerability vulnerability, const AttackEvidence& evidence = {},
                   const Exposure& exposure = {}) {
  prioritise(vulnerability, evidence, exposure);
  return vulnerability.priority;
}

TEST(Priority, IsTheProductThatIsDocumented) {
  EXPECT_DOUBLE_EQ(priority_of(severe()), 24.5);  // 100 × 1 × 0.35 × 0.7
  EXPECT_DOUBLE_EQ(priority_of(severe("in-use")), 35);
  EXPECT_DOUBLE_EQ(priority_of(severe("not-in-execute-path")), 3.5);
  EXPECT_DOUBLE_EQ(priority_of(severe(), {.has_proof_of_concept = true}), 35);
  Vulnerability likely = severe("in-use");
  likely.epss = 1;
  EXPECT_DOUBLE_EQ(priority_of(likely), 84) << "less than what is attacked";
}

TEST(Priority, WhatIsExploitedComesFirst) {
  Vulnerability exploited = severe();
  exploited.is_exploited = true;
  exploited.severity = Severity::kLow;
  EXPECT_GE(priority_of(exploited), 90);
  EXPECT_GE(priority_of(severe(), {.is_active = true}), 85);
  exploited.tier = "not-in-execute-path";
  EXPECT_LT(priority_of(exploited), 84);
}

TEST(Priority, KnowsWhoCanReachTheContainer) {
  const double unknown = priority_of(severe());
  const auto at = [](Network network, bool reaches_host = false, std::string vector = {}) {
    Vulnerability vulnerability = severe();
    vulnerability.cvss_vector = std::move(vector);
    return priority_of(vulnerability, {},
                       {.network = network, .reaches_host = reaches_host, .from = "c#web"});
  };
  EXPECT_DOUBLE_EQ(at(Network::kPublished), unknown);
  EXPECT_LT(at(Network::kInternal), unknown);
  EXPECT_LT(at(Network::kNone), at(Network::kInternal));
  EXPECT_GT(at(Network::kPublished, true), unknown);
  EXPECT_DOUBLE_EQ(at(Network::kNone, false, "CVSS:3.1/AV:L/AC:L"), unknown)
      << "whoever is inside needs no network";
}

TEST(Priority, SaysItsReasons) {
  Vulnerability vulnerability = severe();
  prioritise(vulnerability, {.has_proof_of_concept = true},
             {.network = Network::kInternal, .reaches_host = true, .from = "c#web"});
  const auto has = [&vulnerability](const std::string& reason) {
    const auto& all = vulnerability.reasons;
    return std::find(all.begin(), all.end(), reason) != all.end();
  };
  EXPECT_TRUE(has("an exploit is public (CISA SSVC)"));
  EXPECT_TRUE(has("c#web is not published to other machines"));
  EXPECT_TRUE(has("whoever breaks into c#web reaches the host"));
}

TEST(Priority, FallsWithTheDistanceFromWhatRuns) {
  double last = 100;
  for (const char* tier : {"in-use", "loadable", "present", "build-only", "not-in-execute-path"}) {
    Vulnerability vulnerability = severe(tier);
    prioritise(vulnerability);
    EXPECT_LT(vulnerability.priority, last) << tier;
    last = vulnerability.priority;
  }
}

TEST(Priority, SaysThatOnlyABuildHasIt) {
  Vulnerability vulnerability = severe("build-only");
  prioritise(vulnerability);
  EXPECT_EQ(vulnerability.priority, 10.5);  // 100 × 1 × 0.35 × 0.3
  EXPECT_EQ(vulnerability.reasons.back(), "only what develops or builds has it");
}

TEST(Priority, OfWhatIsExploitedStaysFirstWhereItIsBuilt) {
  Vulnerability vulnerability = severe("build-only");
  vulnerability.is_exploited = true;
  prioritise(vulnerability);
  EXPECT_GE(vulnerability.priority, 90);
}

}  // namespace
}  // namespace plimsoll::advisory
