// Both forms of what Debian's security team knows: the tracker's JSON and the lists behind it.

#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

std::string tracker_of(std::string_view release) {
  return R"({"anvil": {"CVE-2030-0001": {"description": "falls", "releases": {"bookworm": )" +
         std::string(release) + "}}}}";
}

struct Case {
  std::string_view name;
  std::string_view release;
  Status status;
  std::string_view note;
  std::string_view fixed;
  std::string_view severity;
};
class DebianTrackerStatus : public testing::TestWithParam<Case> {};

TEST_P(DebianTrackerStatus, IsWhatTheTrackerSays) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("debian.json", tracker_of(GetParam().release), sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_EQ(sink.advisories[0].id, "CVE-2030-0001");
  EXPECT_EQ(sink.advisories[0].details, "falls");
  ASSERT_EQ(sink.advisories[0].affected.size(), 1U);
  const Affected& affected = sink.advisories[0].affected[0];
  EXPECT_EQ(affected.ecosystem, "Debian:12");
  EXPECT_EQ(affected.package, "anvil");
  EXPECT_EQ(affected.status, GetParam().status);
  EXPECT_EQ(affected.note, GetParam().note);
  EXPECT_EQ(affected.severity, GetParam().severity);
  EXPECT_EQ(affected.ranges.empty() ? "" : affected.ranges[0].fixed, GetParam().fixed);
}

INSTANTIATE_TEST_SUITE_P(
    All, DebianTrackerStatus,
    testing::Values(
        Case{"Fixed",
             R"({"status": "resolved", "repositories": {}, "fixed_version": "1:2-3",
                 "urgency": "low**"})",
             Status::kAffected, "", "1:2-3", "low"},
        Case{"NeverAffected",
             R"({"status": "resolved", "repositories": {}, "fixed_version": "0",
                 "urgency": "unimportant"})",
             Status::kNotAffected, "", "", "unimportant"},
        Case{"Open", R"({"status": "open", "repositories": {}, "urgency": "not yet assigned"})",
             Status::kAffected, "", "", ""},
        Case{"NoDsa",
             R"({"status": "open", "repositories": {}, "urgency": "medium",
                 "nodsa": "Minor issue", "nodsa_reason": ""})",
             Status::kFixDeferred, "no-dsa", "", "medium"},
        Case{"Postponed",
             R"({"status": "open", "repositories": {}, "nodsa": "x", "nodsa_reason": "postponed"})",
             Status::kFixDeferred, "postponed", "", ""},
        Case{"Ignored",
             R"({"status": "open", "repositories": {}, "nodsa": "x", "nodsa_reason": "ignored"})",
             Status::kWillNotFix, "ignored", "", ""},
        Case{"EndOfLife", R"({"status": "open", "repositories": {}, "urgency": "end-of-life"})",
             Status::kEndOfLife, "end-of-life", "", ""},
        Case{"Undetermined", R"({"status": "undetermined", "repositories": {}, "urgency": "high"})",
             Status::kUnderInvestigation, "undetermined", "", "high"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DebianTracker, GathersAVulnerabilityOfSeveralPackages) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("debian.json", R"({
    "anvil": {"CVE-2030-0002": {"releases": {
      "sid": {"status": "open", "repositories": {"sid": "1"}, "urgency": "low"}}}},
    "bell": {"CVE-2030-0001": {"releases": {
      "hurd": {"status": "open", "repositories": {}},
      "trixie": {"status": "resolved", "repositories": {}}}},
             "CVE-2030-0002": {"releases": {
      "trixie": {"status": "resolved", "repositories": {}, "fixed_version": "7"}}}}})",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  ASSERT_EQ(sink.advisories[0].affected.size(), 2U);
  EXPECT_EQ(sink.advisories[0].affected[0].ecosystem, "Debian:unstable");
  EXPECT_EQ(sink.advisories[0].affected[1].ecosystem, "Debian:13");
  ASSERT_EQ(sink.skipped.size(), 2U);
  EXPECT_EQ(sink.skipped[0].message, "bell CVE-2030-0001 hurd: unknown release");
}

TEST(DebianList, ReadsUpdates) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("DSA/list",
                        "[02 Jan 2030] DSA-9999-1 anvil - security update\n"
                        "\t{CVE-2030-0001 CVE-2030-0002 }\n"
                        "\tNOTE: heavy\n"
                        "\t[bookworm] - anvil 1.2-3+deb12u1 (bug #12; medium)\n"
                        "\t[buster] - anvil <not-affected> (Vulnerable code not present)\n"
                        "\t[etch] - anvil <end-of-life>\n"
                        "\t[nowhere] - anvil 1\n"
                        "[01 Jan 2030] DSA-9998-1 bell - security update\n"
                        "\t[bookworm] - bell 3\n",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 2U);
  const Advisory& update = sink.advisories[0];
  EXPECT_EQ(update.id, "DSA-9999-1");
  EXPECT_EQ(update.published, "2030-01-02");
  EXPECT_EQ(update.summary, "anvil - security update");
  EXPECT_EQ(update.upstream, (std::vector<std::string>{"CVE-2030-0001", "CVE-2030-0002"}));
  ASSERT_EQ(update.affected.size(), 3U);
  EXPECT_EQ(update.affected[0].ecosystem, "Debian:12");
  EXPECT_EQ(update.affected[0].ranges, std::vector<Range>{{.fixed = "1.2-3+deb12u1"}});
  EXPECT_EQ(update.affected[0].severity, "medium");
  EXPECT_EQ(update.affected[1].status, Status::kNotAffected);
  EXPECT_EQ(update.affected[2].ecosystem, "Debian:4.0");
  EXPECT_EQ(update.affected[2].status, Status::kEndOfLife);
  ASSERT_EQ(sink.skipped.size(), 1U);
  EXPECT_EQ(sink.skipped[0].position.line, 7U);
}

const Affected* of(const Advisory& advisory, std::string_view ecosystem) {
  for (const Affected& each : advisory.affected) {
    if (each.ecosystem == ecosystem) return &each;
  }
  return nullptr;
}

TEST(DebianList, LetsALineWithoutAReleaseHoldForTheOthers) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("CVE/list",
                        "CVE-2030-0001 (An anvil falls, often)\n"
                        "\t{DSA-9999-1}\n"
                        "\t- anvil 2.0-1 (bug #3; low)\n"
                        "\t[bookworm] - anvil <no-dsa> (Minor issue)\n"
                        "\t[bullseye] - anvil <ignored> (Too hard)\n"
                        "\t- bell <itp> (bug #4)\n"
                        "CVE-2030-0002\n"
                        "\tRESERVED\n"
                        "CVE-2030-XXXX [no number yet]\n"
                        "\t- anvil <unfixed>\n",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  const Advisory& advisory = sink.advisories[0];
  EXPECT_EQ(advisory.details, "An anvil falls, often");
  EXPECT_TRUE(advisory.upstream.empty());
  ASSERT_NE(of(advisory, "Debian:12"), nullptr);
  EXPECT_EQ(of(advisory, "Debian:12")->status, Status::kFixDeferred);
  EXPECT_EQ(of(advisory, "Debian:12")->note, "no-dsa");
  EXPECT_EQ(of(advisory, "Debian:11")->status, Status::kWillNotFix);
  for (const char* other : {"Debian:13", "Debian:unstable"}) {
    ASSERT_NE(of(advisory, other), nullptr) << other;
    EXPECT_EQ(of(advisory, other)->ranges, std::vector<Range>{{.fixed = "2.0-1"}});
    EXPECT_EQ(of(advisory, other)->severity, "low");
  }
  EXPECT_EQ(of(advisory, "Debian:10"), nullptr) << "no longer judged";
}

TEST(DebianList, LeavesOutWhatIsOnlyPlanned) {
  RecordingSink sink;
  EXPECT_FALSE(read_feed("next-point-update.txt", "CVE-2030-0001\n\t[buster] - anvil 2\n", sink));
}

}  // namespace
}  // namespace plimsoll::advisory
