// Tables of statuses: ubuntu_status, nvd_cpe.

#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

struct Case {
  std::string_view row;  ///< status, note
  Status status;
  std::string_view note;
  std::string_view fixed;
};
class UbuntuStatus : public testing::TestWithParam<Case> {};

TEST_P(UbuntuStatus, IsWhatTheTrackerSays) {
  RecordingSink sink;
  const std::string text =
      "cve\tecosystem\tsource\tstatus\tnote\tpriority\n"
      "CVE-2030-0001\tUbuntu:Pro:16.04:LTS\tanvil\t" +
      std::string(GetParam().row) + "\tnegligible\n";
  ASSERT_TRUE(read_feed("status.tsv", text, sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  ASSERT_EQ(sink.advisories[0].affected.size(), 1U);
  const Affected& affected = sink.advisories[0].affected[0];
  EXPECT_EQ(affected.ecosystem, "Ubuntu:Pro:16.04:LTS");
  EXPECT_EQ(affected.package, "anvil");
  EXPECT_EQ(affected.severity, "negligible");
  EXPECT_EQ(affected.status, GetParam().status);
  EXPECT_EQ(affected.note, GetParam().note);
  EXPECT_EQ(affected.ranges.empty() ? "" : affected.ranges[0].fixed, GetParam().fixed);
}

INSTANTIATE_TEST_SUITE_P(
    All, UbuntuStatus,
    testing::Values(
        Case{"released\t1:2-3ubuntu1", Status::kAffected, "", "1:2-3ubuntu1"},
        Case{"needed\t", Status::kAffected, "needed", ""},
        Case{"pending\t1.2", Status::kAffected, "pending", ""},
        Case{"not-affected\tcode not present", Status::kNotAffected, "code not present", ""},
        Case{"ignored\treached end-of-life", Status::kEndOfLife, "reached end-of-life", ""},
        Case{"ignored\tabandoned", Status::kWillNotFix, "abandoned", ""},
        Case{"deferred\t2030-01-01", Status::kFixDeferred, "2030-01-01", ""},
        Case{"needs-triage\t", Status::kUnderInvestigation, "needs-triage", ""}));

TEST(UbuntuStatusTable, GathersRowsAndSkipsAFixWithoutItsVersion) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("status.tsv",
                        "cve\tecosystem\tsource\tstatus\tnote\tpriority\n"
                        "CVE-2030-0001\tUbuntu:22.04:LTS\tanvil\treleased\t1\tlow\n"
                        "CVE-2030-0001\tUbuntu:24.04:LTS\tanvil\treleased\t2\tlow\n"
                        "CVE-2030-0001\tUbuntu:24.04:LTS\tbell\tDNE\t\tlow\n"
                        "CVE-2030-0002\tUbuntu:24.04:LTS\tanvil\treleased\t\tlow\n",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_EQ(sink.advisories[0].affected.size(), 2U);
  ASSERT_EQ(sink.skipped.size(), 1U);
  EXPECT_EQ(sink.skipped[0].position.line, 5U);
}

TEST(NvdCpe, TellsVersionsOfProgramsOnly) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed(
      "cpe.tsv",
      "cve\tpart\tvendor\tproduct\tversion\ttarget_sw\tstart_incl\tstart_excl\tend_incl\tend_excl\n"
      "CVE-2030-0001\ta\tacme\tanvil\t*\t*\t1.0\t\t\t1.5\n"
      "CVE-2030-0001\ta\tacme\tanvil\t*\t*\t\t2.0\t2.5\t\n"
      "CVE-2030-0001\ta\tacme\tanvil\t3\\+beta\t*\t\t\t\t\n"
      "CVE-2030-0001\ta\tacme\tbell\\.io\t*\t-\t\t\t\t\n"
      "CVE-2030-0001\ta\tacme\tplugin\t*\twordpress\t\t\t\t2\n"
      "CVE-2030-0001\ta\tacme\tunknown\t-\t*\t\t\t\t\n"
      "CVE-2030-0001\to\tacme\tos\t*\t*\t\t\t\t2\n"
      "CVE-2030-0002\th\tacme\trouter\t*\t*\t\t\t\t2\n"
      "CVE-2030-0003\ta\tacme\n",
      sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  const Advisory& advisory = sink.advisories[0];
  ASSERT_EQ(advisory.affected.size(), 2U);
  EXPECT_EQ(advisory.affected[0].ecosystem, "CPE");
  EXPECT_EQ(advisory.affected[0].package, "acme:anvil");
  EXPECT_EQ(advisory.affected[0].ranges,
            (std::vector<Range>{{.introduced = "1.0", .fixed = "1.5"},
                                {.introduced = "2.0", .last_affected = "2.5"}}));
  EXPECT_EQ(advisory.affected[0].versions, std::vector<std::string>{"3+beta"});
  EXPECT_EQ(advisory.affected[1].package, "acme:bell.io");
  EXPECT_EQ(advisory.affected[1].ranges, std::vector<Range>{Range{}}) << "every version";
  EXPECT_EQ(sink.skipped.size(), 1U);
}

}  // namespace
}  // namespace plimsoll::advisory
