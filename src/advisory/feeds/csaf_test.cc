#include <gtest/gtest.h>

#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

/// A document with products of a release, a stream, a module and a container.
std::string document_of(std::string_view id, std::string_view vulnerability) {
  return R"json({"document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "anvil: falls",
    "aggregate_severity": {"text": "Moderate"},
    "tracking": {"id": ")json" +
         std::string(id) + R"json(", "status": "final", "current_release_date": "2030-01-03",
                 "initial_release_date": "2030-01-02"}},
  "product_tree": {"branches": [{"category": "vendor", "branches": [
    {"product": {"product_id": "R9", "name": "RHEL 9 AppStream", "product_identification_helper":
      {"cpe": "cpe:/a:redhat:enterprise_linux:9::appstream"}}},
    {"product": {"product_id": "E92", "name": "RHEL 9.2 EUS", "product_identification_helper":
      {"cpe": "cpe:/o:redhat:rhel_eus:9.2::baseos"}}},
    {"product": {"product_id": "S5", "name": "SUSE Linux Enterprise Server 15 SP5"}},
    {"product": {"product_id": "a64", "name": "x", "product_identification_helper":
      {"purl": "pkg:rpm/redhat/anvil@1.2-3.el9%2B1?arch=x86_64&epoch=2"}}},
    {"product": {"product_id": "aarm", "name": "x", "product_identification_helper":
      {"purl": "pkg:rpm/redhat/anvil@1.2-3.el9%2B1?arch=aarch64&epoch=2"}}},
    {"product": {"product_id": "asrc", "name": "x", "product_identification_helper":
      {"purl": "pkg:rpm/redhat/anvil@1.2-3.el9%2B1?arch=src&epoch=2"}}},
    {"product": {"product_id": "mod", "name": "x", "product_identification_helper":
      {"purl": "pkg:rpm/redhat/bell@3-1.el9?arch=noarch&rpmmod=bells:3:9030:abcd"}}},
    {"product": {"product_id": "any", "name": "anvil", "product_identification_helper":
      {"purl": "pkg:rpm/redhat/anvil"}}},
    {"product": {"product_id": "oci", "name": "x", "product_identification_helper":
      {"purl": "pkg:oci/anvil@sha256:00"}}},
    {"product": {"product_id": "suse", "name": "libanvil1-1.2-150500.1.x86_64"}}]}],
  "relationships": [)json" +
         [] {
           std::string all;
           const std::pair<const char*, const char*> parts[] = {
               {"R9", "a64"}, {"R9", "aarm"}, {"R9", "asrc"}, {"R9", "mod"},
               {"R9", "any"}, {"R9", "oci"},  {"E92", "any"}, {"S5", "suse"}};
           for (const auto& [whole, part] : parts) {
             all += std::string(all.empty() ? "" : ",") + R"({"product_reference": ")" + part +
                    R"(", "relates_to_product_reference": ")" + whole +
                    R"(", "full_product_name": {"product_id": ")" + whole + ":" + part + "\"}}";
           }
           return all;
         }() +
         R"json(]}, "vulnerabilities": [)json" + std::string(vulnerability) + "]}";
}

Advisory read_one(std::string_view id, std::string_view vulnerability) {
  RecordingSink sink;
  const auto read = read_feed("x.json", document_of(id, vulnerability), sink);
  EXPECT_TRUE(read) << read.error().to_line();
  EXPECT_EQ(sink.advisories.size(), 1U);
  return sink.advisories.empty() ? Advisory() : sink.advisories[0];
}

TEST(Csaf, GathersTheArchitecturesOfAFix) {
  const Advisory advisory = read_one("CVE-2030-0001", R"json({"cve": "CVE-2030-0001",
    "cwe": {"id": "CWE-79"}, "notes": [{"category": "description", "text": "It falls."}],
    "references": [{"category": "external", "url": "https://b"},
                   {"category": "self", "url": "https://a"}],
    "scores": [{"cvss_v3": {"vectorString": "CVSS:3.1/AV:N"}}],
    "threats": [{"category": "impact", "details": "Important", "product_ids": ["R9:a64"]}],
    "product_status": {"fixed": ["R9:a64", "R9:aarm", "R9:asrc", "R9:mod", "R9:oci", "S5:suse",
                                 "unknown"]}})json");
  EXPECT_EQ(advisory.id, "CVE-2030-0001");
  EXPECT_EQ(advisory.summary, "anvil: falls");
  EXPECT_EQ(advisory.details, "It falls.");
  EXPECT_EQ(advisory.severity, "Moderate");
  EXPECT_EQ(advisory.cvss, "CVSS:3.1/AV:N");
  EXPECT_EQ(advisory.weaknesses, std::vector<std::string>{"CWE-79"});
  EXPECT_EQ(advisory.references, (std::vector<std::string>{"https://a", "https://b"}));
  ASSERT_EQ(advisory.affected.size(), 3U) << "no source package, no container, nothing unknown";
  const Affected& anvil = advisory.affected[0];
  EXPECT_EQ(anvil.ecosystem, "Red Hat:enterprise_linux:9");
  EXPECT_EQ(anvil.package, "anvil");
  EXPECT_EQ(anvil.ranges, std::vector<Range>{{.fixed = "2:1.2-3.el9+1"}});
  EXPECT_EQ(anvil.architectures, (std::vector<std::string>{"aarch64", "x86_64"}));
  EXPECT_EQ(anvil.severity, "Important");
  EXPECT_EQ(advisory.affected[1].module, "bells:3");
  EXPECT_TRUE(advisory.affected[1].architectures.empty());
  EXPECT_EQ(advisory.affected[2].ecosystem, "SUSE:Linux Enterprise Server 15 SP5");
  EXPECT_EQ(advisory.affected[2].package, "libanvil1");
  EXPECT_EQ(advisory.affected[2].ranges, std::vector<Range>{{.fixed = "0:1.2-150500.1"}});
}

struct Case {
  std::string_view name;
  std::string_view statuses;
  std::string_view remediation;
  Status status;
  std::string_view note;
};
class CsafStatus : public testing::TestWithParam<Case> {};

TEST_P(CsafStatus, IsWhatTheVendorSays) {
  const std::string vulnerability = R"({"cve": "CVE-2030-0001", "product_status": {)" +
                                    std::string(GetParam().statuses) + "}, \"remediations\": [" +
                                    std::string(GetParam().remediation) + "]}";
  const Advisory advisory = read_one("CVE-2030-0001", vulnerability);
  ASSERT_EQ(advisory.affected.size(), 1U);
  EXPECT_EQ(advisory.affected[0].ecosystem, "Red Hat:rhel_eus:9.2");
  EXPECT_EQ(advisory.affected[0].status, GetParam().status);
  EXPECT_EQ(advisory.affected[0].note, GetParam().note);
  EXPECT_TRUE(advisory.affected[0].ranges.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, CsafStatus,
    testing::Values(Case{"Affected", R"("known_affected": ["E92:any"])", "", Status::kAffected, ""},
                    Case{"NotAffected", R"("known_not_affected": ["E92:any"])", "",
                         Status::kNotAffected, ""},
                    Case{"Investigated", R"("under_investigation": ["E92:any"])", "",
                         Status::kUnderInvestigation, ""},
                    Case{"EndOfLife", R"("known_affected": ["E92:any"])",
                         R"({"category": "no_fix_planned", "details": "Out of support scope",
                 "product_ids": ["E92:any"]})",
                         Status::kEndOfLife, "out of support scope"},
                    Case{"WillNotFix", R"("known_affected": ["E92:any"])",
                         R"({"category": "no_fix_planned", "details": "Will not fix",
                 "product_ids": ["E92:any"]})",
                         Status::kWillNotFix, "will not fix"},
                    Case{"Deferred", R"("known_affected": ["E92:any"])",
                         R"({"category": "none_available", "details": "Fix deferred",
                 "product_ids": ["E92:any"]})",
                         Status::kFixDeferred, "fix deferred"},
                    Case{"OfAnotherProduct", R"("known_affected": ["E92:any"])",
                         R"({"category": "none_available", "details": "Fix deferred",
                 "product_ids": ["R9:any"]})",
                         Status::kAffected, ""}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Csaf, TellsOfAnUpdateWhatItFixes) {
  const Advisory advisory = read_one("RHSA-2030:0001", R"json(
    {"cve": "CVE-2030-0001", "product_status": {"fixed": ["R9:a64"]}},
    {"cve": "CVE-2030-0002", "product_status": {"fixed": ["R9:a64"],
                                                "known_not_affected": ["R9:mod"]}})json");
  EXPECT_EQ(advisory.id, "RHSA-2030:0001");
  EXPECT_EQ(advisory.upstream, (std::vector<std::string>{"CVE-2030-0001", "CVE-2030-0002"}));
  ASSERT_EQ(advisory.affected.size(), 1U);
  EXPECT_EQ(advisory.affected[0].package, "anvil");
}

TEST(Csaf, KeepsABuildThatIsNotAffectedToThatBuild) {
  const Advisory advisory = read_one("CVE-2030-0001", R"json({"cve": "CVE-2030-0001",
    "product_status": {"known_not_affected": ["R9:mod"], "known_affected": ["R9:a64"]}})json");
  ASSERT_EQ(advisory.affected.size(), 2U);
  EXPECT_EQ(advisory.affected[0].ranges, std::vector<Range>{{.last_affected = "2:1.2-3.el9+1"}});
  EXPECT_EQ(advisory.affected[1].status, Status::kNotAffected);
  EXPECT_EQ(advisory.affected[1].versions, std::vector<std::string>{"0:3-1.el9"});
}

TEST(Csaf, WithdrawsWhatIsDeleted) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed(
      "d.json", R"({"document": {"tracking": {"id": "CVE-2030-0001", "status": "deleted"}}})",
      sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_TRUE(sink.advisories[0].is_withdrawn);
}

TEST(Csaf, RefusesADocumentWithoutItsId) {
  RecordingSink sink;
  EXPECT_FALSE(read_feed("d.json", R"({"document": {"csaf_version": "2.0"}})", sink));
}

TEST(Csaf, EndsALoopOfParts) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("d.json", R"json({"document": {"tracking": {"id": "CVE-2030-0001"}},
    "product_tree": {"full_product_names": [{"product_id": "p", "name": "anvil-1-1.noarch"}],
      "relationships": [
        {"product_reference": "p", "relates_to_product_reference": "b",
         "full_product_name": {"product_id": "a"}},
        {"product_reference": "p", "relates_to_product_reference": "a",
         "full_product_name": {"product_id": "b"}}]},
    "vulnerabilities": [{"product_status": {"fixed": ["a", "b"]}}]})json",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  EXPECT_TRUE(sink.advisories[0].affected.empty());
}

}  // namespace
}  // namespace plimsoll::advisory
