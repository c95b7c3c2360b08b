// Errata and lists in JSON: rpm_errata, photon, arch.

#include <gtest/gtest.h>

#include "advisory/erratum.h"
#include "advisory/recording_sink.h"

namespace plimsoll::advisory {
namespace {

struct Case {
  std::string_view id, release, ecosystem;
};
class ErratumEcosystem : public testing::TestWithParam<Case> {};

TEST_P(ErratumEcosystem, IsOfTheIdAndTheRelease) {
  EXPECT_EQ(erratum_ecosystem(GetParam().id, GetParam().release).value_or(""),
            GetParam().ecosystem);
}

INSTANTIATE_TEST_SUITE_P(
    Known, ErratumEcosystem,
    testing::Values(Case{"ALSA-2030:1", "1.module_el8.4.0+1+a", "AlmaLinux:8"},
                    Case{"RLSA-2030:1", "7.el9_1", "Rocky Linux:9"},
                    Case{"RLSA-2030:1", "4.rel.module+el8.5.0", "Rocky Linux:8"},
                    Case{"ALAS2-2030-1", "1.amzn2.0.1", "Amazon Linux:2"},
                    Case{"ALAS-2030-1", "1.amzn1", "Amazon Linux:1"},
                    Case{"ALAS2023-2030-1", "1.amzn2023", "Amazon Linux:2023"},
                    Case{"ALAS2DOCKER-2030-001", "1", "Amazon Linux:2"},
                    Case{"ALAS2KERNEL-5.10-2030-1", "1.amzn2", "Amazon Linux:2"},
                    Case{"ALAS2023LIVEPATCH-2030-1", "1", "Amazon Linux:2023"},
                    Case{"ALAS-2030-1", "1", "Amazon Linux:1"}, Case{"ALAS2-2030", "1", ""},
                    Case{"FEDORA-2030-0a1b", "1.20300102gitfc12.fc43", "Fedora:43"},
                    Case{"FEDORA-2030-0a1b", "1.fc43.1", "Fedora:43"},
                    Case{"FEDORA-EPEL-2030-0a1b", "1.el9", ""},
                    Case{"BRSA-x", "1.br1", "Bottlerocket"}, Case{"RLSA-2030:1", "1.fc40", ""},
                    Case{"XXXX-1", "1.el8", ""}));

TEST(RpmErrata, GathersArchitecturesAndModules) {
  constexpr std::string_view kText = R"json({"id": "RLSA-2030:0001", "title": "Important: anvil",
    "severity": "Important", "description": "falls",
    "issued": {"date": "2030-01-02 03:04"}, "updated": {"date": "2030-01-03"},
    "collections": [{"module": {"name": "bells", "stream": "3"}, "packages": [
      {"name": "anvil", "epoch": "2", "version": "1", "release": "2.module+el8", "arch": "x86_64"},
      {"name": "anvil", "epoch": "2", "version": "1", "release": "2.module+el8", "arch": "aarch64"},
      {"name": "anvil", "epoch": "2", "version": "1", "release": "2.module+el8", "arch": "src"},
      {"name": "plain", "version": "1", "release": "2.el8", "arch": "noarch"},
      {"name": "gone", "version": "", "release": "2.el8", "arch": "noarch"}]}],
    "references": [{"href": "https://a", "id": "CVE-2030-0001", "type": "cve"}],
    "cveids": ["CVE-2030-0001", "CVE-2030-0002"]})json";
  RecordingSink sink;
  ASSERT_TRUE(read_feed("RLSA.json", kText, sink));
  ASSERT_EQ(sink.advisories.size(), 1U);
  const Advisory& advisory = sink.advisories[0];
  EXPECT_EQ(advisory.id, "RLSA-2030:0001");
  EXPECT_EQ(advisory.published, "2030-01-02");
  EXPECT_EQ(advisory.upstream, (std::vector<std::string>{"CVE-2030-0001", "CVE-2030-0002"}));
  ASSERT_EQ(advisory.affected.size(), 2U);
  EXPECT_EQ(advisory.affected[0].ecosystem, "Rocky Linux:8");
  EXPECT_EQ(advisory.affected[0].ranges, std::vector<Range>{{.fixed = "2:1-2.module+el8"}});
  EXPECT_EQ(advisory.affected[0].architectures, (std::vector<std::string>{"x86_64", "aarch64"}));
  EXPECT_EQ(advisory.affected[0].module, "bells:3");
  EXPECT_EQ(advisory.affected[1].module, "") << "built for no module";
  EXPECT_EQ(advisory.affected[1].ranges, std::vector<Range>{{.fixed = "0:1-2.el8"}});
  EXPECT_EQ(sink.skipped.size(), 1U);
}

TEST(RpmErrata, ReadsAlmasAndAmazonsWords) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("a.json", R"({"updateinfo_id": "ALSA-2030:0001", "severity": "Low",
    "pkglist": {"packages": [{"name": "anvil", "epoch": "0", "version": "1", "release": "2.el9",
                              "arch": "x86_64"}]}})",
                        sink));
  ASSERT_TRUE(read_feed("b.json", R"({"id": "ALAS2-2030-1", "issued": {"date": "2030-01-02"},
    "packages": [{"name": "anvil", "epoch": "0", "version": "1", "release": "2.amzn2",
                  "arch": "x86_64"}], "cveids": []})",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 2U);
  EXPECT_EQ(sink.advisories[0].affected[0].ecosystem, "AlmaLinux:9");
  EXPECT_EQ(sink.advisories[1].affected[0].ecosystem, "Amazon Linux:2");
}

TEST(Photon, TellsFixesAndWhatIsNotAffected) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("cve_data_photon9.0.json", R"([
    {"cve_id": "CVE-2030-0001", "pkg": "anvil", "aff_ver": "all", "res_ver": "1-2.ph9",
     "status": "Fixed"},
    {"cve_id": "CVE-2030-0002", "pkg": "anvil", "aff_ver": "", "res_ver": "NA",
     "status": "Not Affected"},
    {"cve_id": "CVE-2030-0003", "pkg": "anvil", "aff_ver": "NA", "res_ver": "NA"},
    {"cve_id": "CVE-2030-0004", "pkg": ""}])",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 2U);
  EXPECT_EQ(sink.advisories[0].affected[0].ecosystem, "Photon OS:9.0");
  EXPECT_EQ(sink.advisories[0].affected[0].ranges, std::vector<Range>{{.fixed = "1-2.ph9"}});
  EXPECT_EQ(sink.advisories[0].affected[0].architectures, std::vector<std::string>{"src"});
  EXPECT_EQ(sink.advisories[1].affected[0].status, Status::kNotAffected);
  EXPECT_EQ(sink.skipped.size(), 1U);
}

TEST(Photon, TakesTheReleaseOfTheRecordFirst) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed(
      "CVE.json", R"({"os_version": "3.0", "cve_id": "CVE-2030-0001", "pkg": "a", "res_ver": "1"})",
      sink));
  EXPECT_EQ(sink.advisories.at(0).affected.at(0).ecosystem, "Photon OS:3.0");
}

TEST(Arch, TellsGroupsOfPackages) {
  RecordingSink sink;
  ASSERT_TRUE(read_feed("all.json", R"([
    {"name": "AVG-1", "packages": ["anvil", "bell"], "status": "Fixed", "severity": "High",
     "type": "falls", "affected": "1-1", "fixed": "1-2", "issues": ["CVE-2030-0001"],
     "advisories": []},
    {"name": "AVG-2", "packages": ["anvil"], "status": "Vulnerable", "fixed": null, "issues": []},
    {"name": "AVG-3", "packages": ["anvil"], "status": "Not affected", "issues": []},
    {"name": "AVG-4", "packages": ["anvil"], "status": "Fixed", "fixed": null, "issues": []}])",
                        sink));
  ASSERT_EQ(sink.advisories.size(), 3U);
  EXPECT_EQ(sink.advisories[0].upstream, std::vector<std::string>{"CVE-2030-0001"});
  ASSERT_EQ(sink.advisories[0].affected.size(), 2U);
  EXPECT_EQ(sink.advisories[0].affected[1].ecosystem, "Arch Linux");
  EXPECT_EQ(sink.advisories[0].affected[1].package, "bell");
  EXPECT_EQ(sink.advisories[0].affected[1].ranges, std::vector<Range>{{.fixed = "1-2"}});
  EXPECT_TRUE(sink.advisories[1].affected[0].ranges.empty());
  EXPECT_EQ(sink.advisories[2].affected[0].status, Status::kNotAffected);
  EXPECT_EQ(sink.skipped.size(), 1U);
}

}  // namespace
}  // namespace plimsoll::advisory
