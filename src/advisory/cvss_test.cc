#include "advisory/cvss.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/cvss_v4_table.h"

namespace plimsoll::advisory {
namespace {

struct Published {
  std::string_view name;
  std::string_view vector;
  double score;
};
class PublishedScoreTest : public testing::TestWithParam<Published> {};
TEST_P(PublishedScoreTest, IsOurs) {
  const auto score = score_of(GetParam().vector);
  ASSERT_TRUE(score) << GetParam().vector;
  EXPECT_EQ(score->score, GetParam().score) << GetParam().name << ' ' << GetParam().vector;
}

// https://www.first.org/cvss/v2/guide, section 3.3
INSTANTIATE_TEST_SUITE_P(
    V2Guide, PublishedScoreTest,
    testing::Values(Published{"CVE-2002-0392", "AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8},
                    Published{"CVE-2002-0392", "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", 7.8},
                    Published{"CVE-2003-0818", "AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0},
                    Published{"CVE-2003-0818",
                              "AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/AR:M", 10.0},
                    Published{"CVE-2003-0062", "AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2},
                    Published{"CVE-2003-0062", "(AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C)",
                              6.2},
                    Published{"no impact", "AV:N/AC:L/Au:N/C:N/I:N/A:N", 0.0}));

// https://www.first.org/cvss/v3-0/examples
INSTANTIATE_TEST_SUITE_P(
    V30Examples, PublishedScoreTest,
    testing::Values(Published{"CVE-2013-1937", "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1},
                    Published{"CVE-2012-0384", "CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8},
                    Published{"CVE-2008-1447", "CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8},
                    Published{"CVE-2014-2005", "CVSS:3.0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8},
                    Published{"CVE-2010-0467", "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8},
                    Published{"CVE-2013-6014", "CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3},
                    Published{"CVE-2014-9253", "CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N",
                              5.4}));

// https://www.first.org/cvss/v3-1/examples
INSTANTIATE_TEST_SUITE_P(
    V31Examples, PublishedScoreTest,
    testing::Values(Published{"CVE-2013-0375", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4},
                    Published{"CVE-2014-3566", "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1},
                    Published{"CVE-2012-1516", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9},
                    Published{"CVE-2009-0783", "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2},
                    Published{"CVE-2012-0384", "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H", 7.2},
                    Published{"CVE-2015-1098", "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8},
                    Published{"CVE-2014-0160", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5},
                    Published{"CVE-2014-6271", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8},
                    Published{"CVE-2008-1447", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8},
                    Published{"CVE-2010-0467", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8},
                    Published{"CVE-2013-6014", "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3},
                    Published{"CVE-2019-7551", "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:H", 9.0},
                    Published{"CVE-2011-1265", "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.8},
                    Published{"CVE-2014-2019", "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6},
                    Published{"no impact", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N", 0.0}));

// https://www.first.org/cvss/v4-0/examples
INSTANTIATE_TEST_SUITE_P(
    V4Examples, PublishedScoreTest,
    testing::Values(
        Published{"CVE-2022-41741",
                  "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3},
        Published{"CVE-2020-3549",
                  "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7},
        Published{"CVE-2020-3549 with its threat",
                  "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 5.2},
        Published{"CVE-2023-3089",
                  "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3},
        Published{"CVE-2023-3089 in an environment",
                  "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N"
                  "/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L",
                  8.1},
        Published{"CVE-2021-44714",
                  "CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6},
        Published{"CVE-2022-21830",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1},
        Published{"CVE-2022-22186",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 6.9},
        Published{"CVE-2023-21989",
                  "CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9},
        Published{"CVE-2020-3947",
                  "CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.4},
        Published{"CVE-2023-48228",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:H/SI:H/SA:H", 9.3},
        Published{"CVE-2023-30560",
                  "CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N/S:P/V:D", 8.3},
        Published{"CVE-2014-0160",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A", 8.7},
        Published{"CVE-2014-6271",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A", 9.3},
        Published{"CVE-2021-44228",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A", 10.0},
        Published{"CVE-2021-44228 in immutable containers",
                  "CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
                  "/E:P/MAC:L/MAT:N/MVC:N/MVI:N/MVA:L",
                  5.5},
        Published{"CVE-2013-6014",
                  "CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H", 6.4},
        Published{"CVE-2016-5729",
                  "CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/R:I", 9.3},
        Published{"CVE-2015-2890",
                  "CVSS:4.0/AV:L/AC:L/AT:P/PR:H/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/R:I", 8.7},
        Published{"CVE-2018-3652",
                  "CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 8.6},
        Published{"no impact", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N",
                  0.0}));

struct Rated {
  std::string_view vector;
  std::string_view severity;
};
class RatingTest : public testing::TestWithParam<Rated> {};
TEST_P(RatingTest, FollowsTheScaleOfTheVersion) {
  const auto score = score_of(GetParam().vector);
  ASSERT_TRUE(score) << GetParam().vector;
  EXPECT_EQ(to_string(score->severity), GetParam().severity) << score->score;
}
INSTANTIATE_TEST_SUITE_P(
    Scales, RatingTest,
    testing::Values(Rated{"AV:N/AC:L/Au:N/C:N/I:N/A:N", "low"},                        // 0.0
                    Rated{"AV:N/AC:M/Au:S/C:N/I:P/A:N", "low"},                        // 3.5
                    Rated{"AV:N/AC:L/Au:S/C:P/I:N/A:N", "medium"},                     // 4.0
                    Rated{"AV:L/AC:M/Au:N/C:C/I:C/A:C", "medium"},                     // 6.9
                    Rated{"AV:L/AC:L/Au:N/C:C/I:C/A:C", "high"},                       // 7.2
                    Rated{"AV:N/AC:L/Au:N/C:C/I:C/A:C", "high"},                       // 10.0
                    Rated{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "info"},     // 0.0
                    Rated{"CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:U/C:L/I:L/A:L", "low"},      // 3.9
                    Rated{"CVSS:3.1/AV:N/AC:L/PR:H/UI:R/S:U/C:L/I:L/A:L", "medium"},   // 4.3
                    Rated{"CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H", "high"},     // 7.0
                    Rated{"CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:H", "critical"}  // 9.0
                    ));

struct Reach {
  std::string_view vector, version;
  bool is_remote, needs_no_privileges, needs_no_user;
};
class ReachTest : public testing::TestWithParam<Reach> {};
TEST_P(ReachTest, SaysWhatAnAttackerNeeds) {
  const Reach& want = GetParam();
  const auto score = score_of(want.vector);
  ASSERT_TRUE(score) << want.vector;
  EXPECT_EQ(score->version, want.version);
  EXPECT_EQ(score->is_remote, want.is_remote) << want.vector;
  EXPECT_EQ(score->needs_no_privileges, want.needs_no_privileges) << want.vector;
  EXPECT_EQ(score->needs_no_user, want.needs_no_user) << want.vector;
}
INSTANTIATE_TEST_SUITE_P(
    Versions, ReachTest,
    testing::Values(
        Reach{"AV:N/AC:L/Au:N/C:P/I:P/A:P", "2.0", true, true, false},
        Reach{"AV:A/AC:L/Au:S/C:P/I:P/A:P", "2.0", false, false, false},
        Reach{"CVSS:3.0/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N", "3.0", true, false, true},
        Reach{"CVSS:3.1/AV:L/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", "3.1", false, true, false},
        // What the environment changes does not touch the base score, of which the answer is.
        Reach{"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N/MAV:L/MPR:H/MUI:R", "3.1", true, true,
              true},
        Reach{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", "4.0", true, true,
              false},
        // Of 4.0 it does.
        Reach{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N/MAV:L/MPR:L/MUI:N",
              "4.0", false, false, true}));

struct SameScore {
  std::string_view one, other;
};
class SameScoreTest : public testing::TestWithParam<SameScore> {};
TEST_P(SameScoreTest, AsWrittenOtherwise) {
  const auto one = score_of(GetParam().one);
  const auto other = score_of(GetParam().other);
  ASSERT_TRUE(one) << GetParam().one;
  ASSERT_TRUE(other) << GetParam().other;
  EXPECT_EQ(one->score, other->score);
}
INSTANTIATE_TEST_SUITE_P(
    Spellings, SameScoreTest,
    testing::Values(
        SameScore{"AV:N/AC:L/Au:N/C:P/I:P/A:P", "(AV:N/AC:L/Au:N/C:P/I:P/A:P)"},
        SameScore{"AV:N/AC:L/Au:N/C:P/I:N/A:C", "A:C/I:N/C:P/Au:N/AC:L/AV:N"},
        SameScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
                  "CVSS:3.1/S:C/C:L/I:L/A:N/UI:R/PR:N/AC:L/AV:N"},
        // Temporal and environmental metrics leave the base score as it is.
        SameScore{"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
                  "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N/E:U/RL:O/RC:U/CR:H/MAV:P/MS:U"},
        SameScore{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:N/SA:N",
                  "CVSS:4.0/SA:N/SI:N/SC:N/VA:H/VI:N/VC:L/UI:P/PR:N/AT:N/AC:L/AV:N"},
        // What is not defined is as if it were not there; supplemental metrics never count.
        SameScore{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:N/SA:N",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:N/SA:N"
                  "/E:X/CR:X/MAV:X/MSI:X/S:P/AU:Y/R:I/V:C/RE:H/U:Amber"},
        SameScore{"CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:N/SA:N",
                  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:N/SA:N/MAV:L"}));

class NoVectorTest : public testing::TestWithParam<std::string_view> {};
TEST_P(NoVectorTest, HasNoScore) {
  EXPECT_FALSE(score_of(GetParam())) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(
    Texts, NoVectorTest,
    testing::Values("", "(", "()", "/", ":", "7.5", "HIGH", "CVSS:3.1", "CVSS:3.1/", "CVSS:4.0/",
                    // a version that there is not, or that is not of these metrics
                    "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:N/AC:L/Au:N/C:P/I:P/A:P",
                    "cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    // a base metric is missing
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", "AV:N/AC:L/Au:N/C:P/I:P",
                    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N",
                    // its modified one does not stand for it
                    "CVSS:3.1/MAV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    // twice
                    "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/E:X",
                    // unknown metric, unknown value, value of another metric or of another version
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/Z:N",
                    "CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV:NETWORK/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV:N A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV:/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "CVSS:3.1/AV:N:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "AV:P/AC:L/Au:N/C:P/I:P/A:P",
                    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N",
                    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:C",
                    // more or less around it
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/",
                    "CVSS:3.1//AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                    "(CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)",
                    " CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "(AV:N/AC:L/Au:N/C:P/I:P/A:P",
                    "((AV:N/AC:L/Au:N/C:P/I:P/A:P))"));

/// All vectors that `metrics` make, each of which is "NAME:" and the letters of its values.
struct Space {
  std::string_view prefix;
  std::vector<std::string_view> metrics;
};

std::vector<std::string> vectors_of(const Space& space) {
  std::vector<std::string> vectors{std::string(space.prefix)};
  for (const std::string_view metric : space.metrics) {
    const std::size_t colon = metric.find(':');
    std::vector<std::string> longer;
    for (const std::string& vector : vectors) {
      for (const char value : metric.substr(colon + 1)) {
        longer.push_back(vector + (metric == space.metrics.front() ? "" : "/") +
                         std::string(metric.substr(0, colon + 1)) + value);
      }
    }
    vectors = std::move(longer);
  }
  return vectors;
}

/// What all vectors of a space come to, as the Python package `cvss` 3.6 has it, which agrees with
/// each of them.
struct Whole {
  Space space;
  std::array<int, 5> per_severity;  ///< info to critical
  long tenths;                      ///< the sum of the scores
};
class WholeVersionTest : public testing::TestWithParam<Whole> {};
TEST_P(WholeVersionTest, HasTheScoresOfTheReference) {
  std::array<int, 5> per_severity{};
  long tenths = 0;
  for (const std::string& vector : vectors_of(GetParam().space)) {
    const auto score = score_of(vector);
    ASSERT_TRUE(score) << vector;
    ++per_severity.at(static_cast<std::size_t>(score->severity));
    tenths += std::lround(score->score * 10);
  }
  EXPECT_EQ(per_severity, GetParam().per_severity);
  EXPECT_EQ(tenths, GetParam().tenths);
}
INSTANTIATE_TEST_SUITE_P(
    Versions, WholeVersionTest,
    testing::Values(
        Whole{{"", {"AV:LAN", "AC:HML", "Au:MSN", "C:NPC", "I:NPC", "A:NPC"}},
              {0, 161, 441, 127, 0},
              38007},
        Whole{{"CVSS:3.0/",
               {"AV:NALP", "AC:LH", "PR:NLH", "UI:NR", "S:UC", "C:HLN", "I:HLN", "A:HLN"}},
              {96, 416, 1464, 555, 61},
              142706},
        Whole{{"CVSS:3.1/",
               {"AV:NALP", "AC:LH", "PR:NLH", "UI:NR", "S:UC", "C:HLN", "I:HLN", "A:HLN"}},
              {96, 416, 1464, 555, 61},
              142706},
        Whole{{"CVSS:4.0/",
               {"AV:NALP", "AC:LH", "AT:NP", "PR:NLH", "UI:NPA", "VC:HLN", "VI:HLN", "VA:HLN",
                "SC:HLN", "SI:HLN", "SA:HLN"}},
              {144, 15438, 57559, 29278, 2557},
              5964883},
        // Threat and environment besides, so that each of the 270 macro vectors is met.
        Whole{{"CVSS:4.0/",
               {"AV:NLP", "AC:LH", "AT:N", "PR:NL", "UI:NP", "VC:HN", "VI:HL", "VA:HL", "SC:HL",
                "SI:LN", "SA:N", "E:APU", "CR:HM", "IR:HL", "AR:HM", "MSI:XS"}},
              {0, 8890, 14178, 10615, 3181},
              2096177}));

TEST(MacroVectors, ScoreNoMoreWhereOneLevelIsLower) {
  using cvss::MacroVector;
  struct Step {
    std::size_t MacroVector::*level;
    std::size_t from, to;
  };
  const std::vector<Step> steps{
      {&MacroVector::exploitability, 0, 1}, {&MacroVector::exploitability, 1, 2},
      {&MacroVector::complexity, 0, 1},     {&MacroVector::vulnerable, 0, 1},
      {&MacroVector::vulnerable, 0, 2},     {&MacroVector::vulnerable, 1, 3},
      {&MacroVector::vulnerable, 2, 3},     {&MacroVector::vulnerable, 3, 4},
      {&MacroVector::subsequent, 0, 1},     {&MacroVector::subsequent, 1, 2},
      {&MacroVector::exploits, 0, 1},       {&MacroVector::exploits, 1, 2},
  };
  for (std::size_t i = 0; i < cvss::kMacroTenths.size(); ++i) {
    const MacroVector macro{i / 90, i / 45 % 2, i / 9 % 5, i / 3 % 3, i % 3};
    ASSERT_EQ(cvss::macro_tenths(macro), cvss::kMacroTenths[i]);
    for (const Step& step : steps) {
      if (macro.*step.level != step.from) continue;
      MacroVector lower = macro;
      lower.*step.level = step.to;
      EXPECT_GE(cvss::macro_tenths(macro), cvss::macro_tenths(lower)) << i;
    }
  }
}

}  // namespace
}  // namespace plimsoll::advisory
