// The feeds that add evidence to vulnerabilities: kev, epss, ssvc, cve_record.

#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

using Exploitation = ExploitStatus::Exploitation;

TEST(Kev, TellsWhatIsExploitedAndSkipsWhatHasNoName) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("known.json", R"({"catalogVersion": "2030.01.02",
    "dateReleased": "2030-01-02T00:00:00Z", "vulnerabilities": [
      {"cveID": "CVE-2030-0001", "vulnerabilityName": "Acme Anvil Overflow",
       "dateAdded": "2030-01-01", "dueDate": "2030-01-20", "knownRansomwareCampaignUse": "Known"},
      {"cveID": "nonsense"},
      {"cveID": "CVE-2030-0002", "knownRansomwareCampaignUse": "Unknown"}]})",
                        sink));
  EXPECT_EQ(sink.made_on, "2030-01-02T00:00:00Z");
  ASSERT_EQ(sink.exploited.size(), 2U);
  EXPECT_EQ(sink.exploited[0].id, "CVE-2030-0001");
  EXPECT_EQ(sink.exploited[0].added, "2030-01-01");
  EXPECT_EQ(sink.exploited[0].due, "2030-01-20");
  EXPECT_TRUE(sink.exploited[0].is_used_by_ransomware);
  EXPECT_EQ(sink.exploited[0].name, "Acme Anvil Overflow");
  EXPECT_FALSE(sink.exploited[1].is_used_by_ransomware);
  ASSERT_EQ(sink.skipped.size(), 1U);
  EXPECT_EQ(sink.skipped[0].message, "vulnerability 2 without a CVE");
}

TEST(Kev, RefusesACatalogueThatIsCutOff) {
  RecordingSink sink;
  const auto read =
      read_feed("known.json", R"({"catalogVersion": "1", "vulnerabilities": [)", sink);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kInvalid);
}

TEST(Epss, TellsScoresAndSkipsWhatIsNoShare) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("epss.csv",
                        "#model_version:v1,score_date:2030-01-02T00:00:00+0000\n"
                        "cve,epss,percentile\n"
                        "CVE-2030-0001,0.25,0.75000\r\n"
                        "CVE-2030-0002,1.5,0.5\n"
                        "CVE-2030-0003,nan,0.5\n"
                        "CVE-2030-0004,0.5\n",
                        sink));
  EXPECT_EQ(sink.made_on, "2030-01-02T00:00:00+0000");
  ASSERT_EQ(sink.predictions.size(), 1U);
  EXPECT_EQ(sink.predictions[0].id, "CVE-2030-0001");
  EXPECT_FLOAT_EQ(sink.predictions[0].score, 0.25F);
  EXPECT_FLOAT_EQ(sink.predictions[0].percentile, 0.75F);
  ASSERT_EQ(sink.skipped.size(), 3U);
  EXPECT_EQ(sink.skipped[0].position.line, 4U);
}

TEST(Ssvc, TellsDecisionPoints) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("ssvc.tsv",
                        "cve\texploitation\tautomatable\ttechnical_impact\tkev_date\tcvss\n"
                        "CVE-2030-0001\tactive\tyes\ttotal\t2030-01-01\tCVSS:3.1/AV:N\n"
                        "CVE-2030-0002\tPoC\tNo\tpartial\t\t\n"
                        "CVE-2030-0003\tmaybe\tno\tpartial\t\t\n",
                        sink));
  ASSERT_EQ(sink.statuses.size(), 2U);
  EXPECT_EQ(sink.statuses[0].exploitation, Exploitation::kActive);
  EXPECT_TRUE(sink.statuses[0].is_automatable);
  EXPECT_TRUE(sink.statuses[0].is_total);
  EXPECT_EQ(sink.statuses[0].cvss, "CVSS:3.1/AV:N");
  EXPECT_EQ(sink.statuses[1].exploitation, Exploitation::kProofOfConcept);
  EXPECT_FALSE(sink.statuses[1].is_total);
  ASSERT_EQ(sink.skipped.size(), 1U);
  EXPECT_EQ(sink.skipped[0].position.line, 4U);
}

TEST(CveRecord, TellsWhatCisaAddedOnly) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("CVE-2030-0001.json", R"({"dataType": "CVE_RECORD",
    "cveMetadata": {"cveId": "CVE-2030-0001", "dateUpdated": "2030-01-02T03:04:05Z"},
    "containers": {"cna": {"affected": [{"vendor": "acme", "product": "anvil"}]},
      "adp": [{"metrics": [
        {"other": {"type": "ssvc", "content": {"id": "CVE-2030-0001", "options": [
          {"Exploitation": "poc"}, {"Automatable": "yes"}, {"Technical Impact": "partial"}]}}},
        {"cvssV3_1": {"vectorString": "CVSS:3.1/AV:L"}}]}]}})",
                        sink));
  EXPECT_TRUE(sink.advisories.empty());
  ASSERT_EQ(sink.statuses.size(), 1U);
  EXPECT_EQ(sink.statuses[0].id, "CVE-2030-0001");
  EXPECT_EQ(sink.statuses[0].exploitation, Exploitation::kProofOfConcept);
  EXPECT_TRUE(sink.statuses[0].is_automatable);
  EXPECT_EQ(sink.statuses[0].cvss, "CVSS:3.1/AV:L");
}

TEST(CveRecord, SaysNothingOfARecordNobodyEnriched) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("r.json",
                        R"({"cveMetadata": {"cveId": "CVE-2030-0001"}, "containers": {}})", sink));
  EXPECT_TRUE(sink.statuses.empty());
  EXPECT_TRUE(sink.skipped.empty());
}

}  // namespace
}  // namespace plimsoll::advisory
