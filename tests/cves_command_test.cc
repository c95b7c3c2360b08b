// `plimsoll cves` and `plimsoll db` on advisories and packages that the test writes itself.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "image/sample_image.h"
#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kSevere = R"({
  "id": "GHSA-test-1", "aliases": ["CVE-2024-0001"], "modified": "2024-02-01T00:00:00Z",
  "summary": "Pads on the wrong side", "severity": [
    {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
    "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]})";

constexpr const char* kWithoutFix = R"({
  "id": "CVE-2024-0002", "modified": "2024-02-01T00:00:00Z",
  "affected": [{"package": {"ecosystem": "Debian:12", "name": "zlib"},
    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
    "ecosystem_specific": {"urgency": "low"}}]})";

constexpr const char* kExploited = R"({
  "title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2024.02.01",
  "dateReleased": "2024-02-01T00:00:00Z", "count": 1, "vulnerabilities": [
    {"cveID": "CVE-2024-0001", "vendorProject": "left", "product": "pad",
     "vulnerabilityName": "Left Pad", "dateAdded": "2024-02-01", "shortDescription": "x",
     "requiredAction": "x", "dueDate": "2024-02-22", "knownRansomwareCampaignUse": "Unknown",
     "notes": ""}]})";

/// A bill of materials with these package URLs.
std::string bill(const std::vector<std::string>& purls) {
  Json components = Json::array();
  for (const std::string& purl : purls) {
    const std::size_t at = purl.find('@');
    const std::size_t name = purl.rfind('/', at) + 1;
    const std::size_t end = std::min(purl.find('?'), purl.size());
    components.push_back({{"type", "library"},
                          {"name", purl.substr(name, at - name)},
                          {"version", purl.substr(at + 1, end - at - 1)},
                          {"purl", purl}});
  }
  return Json{{"bomFormat", "CycloneDX"},
              {"specVersion", "1.5"},
              {"version", 1},
              {"components", components}}
      .dump();
}

class CvesCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("feeds/severe.json", kSevere);
    folder_.write("feeds/open.json", kWithoutFix);
    folder_.write("feeds/known_exploited_vulnerabilities.json", kExploited);
    database_ = folder_.path() + "/advisories.db";
    const Outcome made =
        plimsoll({"db", "import", folder_.path() + "/feeds", "--db", database_, "--quiet"});
    ASSERT_EQ(made.status, 0) << made.err;
    bill_ = folder_.write(
        "app.cdx.json",
        bill({"pkg:npm/left-pad@1.3.0", "pkg:deb/debian/zlib@1.2.13?arch=amd64&distro=debian-12"}));
  }

  Outcome cves(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"cves", "sbom:" + bill_, "--db", database_, "--no-color"});
    return plimsoll(arguments);
  }

  Folder folder_;
  std::string database_;
  std::string bill_;
};

TEST_F(CvesCommand, GroupsByTheUpgradeThatMends) {
  const Outcome outcome = cves({});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("2 vulnerabilities: 1 critical, 1 low · 1 known to be exploited"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("upgrade left-pad 1.3.0 to 1.3.1  mends 1 critical"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("CVE-2024-0001, exploited  Pads on the wrong side"), std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("no fix yet"), std::string::npos) << outcome.out;
}

TEST_F(CvesCommand, SaysWhy) {
  const Outcome outcome = cves({"--verbose"});
  EXPECT_NE(outcome.out.find("known to be exploited (CISA KEV)"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("GHSA-test-1 (npm, left-pad): before 1.3.1"), std::string::npos)
      << outcome.out;
}

TEST_F(CvesCommand, JsonHasAKeyForEachFact) {
  const Json report = Json::parse(cves({"--format", "json"}).out, nullptr, false);
  ASSERT_TRUE(report.is_object());
  ASSERT_EQ(report["vulnerabilities"].size(), 2U);
  const Json& first = report["vulnerabilities"][0];
  EXPECT_EQ(first["id"], "CVE-2024-0001");
  EXPECT_EQ(first["aliases"], Json({"GHSA-test-1"}));
  EXPECT_EQ(first["package"], "left-pad");
  EXPECT_EQ(first["version"], "1.3.0");
  EXPECT_EQ(first["fixed"], "1.3.1");
  EXPECT_EQ(first["severity"], "critical");
  EXPECT_EQ(first["kev"], true);
  EXPECT_EQ(first["status"], "fixed");
  EXPECT_EQ(report["vulnerabilities"][1]["fixed"], nullptr);
  EXPECT_EQ(report["vulnerabilities"][1]["status"], "affected");
}

TEST_F(CvesCommand, ASavedReportIsReadAgain) {
  const std::string saved = folder_.write("saved.json", cves({"--format", "json"}).out);
  const Outcome again = plimsoll({"report", saved, "--format", "json"});
  EXPECT_EQ(Json::parse(again.out, nullptr, false)["vulnerabilities"],
            Json::parse(cves({"--format", "json"}).out)["vulnerabilities"])
      << again.err;
}

TEST_F(CvesCommand, NoFormatIsSilentAboutThem) {
  const std::string saved = folder_.write("saved.json", cves({"--format", "json"}).out);
  for (const char* format :
       {"sarif", "junit", "markdown", "csv", "github", "gitlab", "gitlab-container-scanning",
        "trivy-json", "cyclonedx", "cyclonedx-1.5", "cyclonedx-xml", "html"}) {
    const Outcome outcome = cves({"--format", format});
    if (outcome.err.find("built without the HTML report") != std::string::npos) continue;
    const Outcome later = plimsoll({"report", saved, "--format", format});
    EXPECT_NE(later.out.find("CVE-2024-0001"), std::string::npos) << format;
    EXPECT_NE(outcome.out.find("CVE-2024-0001"), std::string::npos) << format;
    EXPECT_EQ(outcome.status, 1) << format;
  }
}

TEST_F(CvesCommand, ThePageTellsThemInAPlaceOfTheirOwn) {
  const Outcome outcome = cves({"--format", "html"});
  if (outcome.status == 2) GTEST_SKIP() << "built without PLIMSOLL_WEB";
  const std::string start = R"(id="plimsoll-data">)";
  const std::size_t from = outcome.out.find(start);
  ASSERT_NE(from, std::string::npos);
  const std::size_t to = outcome.out.find("</script>", from);
  const Json data = Json::parse(outcome.out.substr(from + start.size(), to - from - start.size()),
                                nullptr, false);
  const Json& entry = data["entries"][0];
  ASSERT_EQ(entry["vulnerabilities"].size(), 2U) << entry.dump(1);
  const Json& first = entry["vulnerabilities"][0];
  EXPECT_EQ(first["id"], "CVE-2024-0001");
  EXPECT_EQ(first["upgrade"], "1.3.1");
  EXPECT_EQ(entry["packages"][first["package"].get<std::size_t>()]["name"], "left-pad");
  EXPECT_TRUE(entry["report"]["findings"].empty()) << "they are not told twice";
}

TEST_F(CvesCommand, GatesAsTrivysUsersTypeThem) {
  EXPECT_EQ(cves({"--exit-code", "7", "--severity", "CRITICAL,HIGH"}).status, 7);
  EXPECT_EQ(cves({"--exit-code", "7", "--severity", "LOW"}).status, 7);
  EXPECT_EQ(cves({"--exit-code", "7", "--severity", "MEDIUM"}).status, 0);
  EXPECT_EQ(cves({"--exit-code", "7", "--severity", "LOW", "--ignore-unfixed"}).status, 0);
  EXPECT_EQ(cves({"--exit-code", "0"}).status, 0);
  EXPECT_EQ(cves({"--fail-on", "none"}).status, 0);
  EXPECT_EQ(cves({"--only-package", "zlib"}).status, 0);
  EXPECT_EQ(cves({"--only-cisa-kev", "--fail-on", "low"}).status, 1);
  EXPECT_EQ(cves({"--pkg-types", "os", "--fail-on", "medium"}).status, 0);
  EXPECT_EQ(cves({"--vuln-type", "os,library", "--fail-on", "medium"}).status, 1);
  EXPECT_EQ(cves({"--epss", "--epss-percentile", "0.5"}).status, 0) << "no feed of it is there";
}

TEST_F(CvesCommand, ABaselineLetsPassWhatItKnows) {
  const std::string baseline = folder_.path() + "/known.jsonl";
  EXPECT_EQ(cves({"--baseline", baseline, "--update-baseline"}).status, 0);
  const Outcome same = cves({"--baseline", baseline});
  EXPECT_EQ(same.status, 0) << same.out;
  EXPECT_NE(same.out.find("No new vulnerability · 2 in the baseline"), std::string::npos)
      << same.out;
  // What is looked for by halves is not said to be mended.
  const Outcome part = cves({"--baseline", baseline, "--only-fixed", "--format", "csv"});
  EXPECT_EQ(part.out.find("fixed\r"), std::string::npos) << part.out;
  folder_.write("app.cdx.json", bill({"pkg:npm/left-pad@1.2.0", "pkg:npm/left-pad@1.3.1"}));
  const Outcome older = cves({"--baseline", baseline});
  EXPECT_EQ(older.status, 0) << "another version of it has it, too\n" << older.out;
  folder_.write("known.jsonl", "{\"schema\":\"plimsoll/baseline@1\"}\n");
  EXPECT_EQ(cves({"--baseline", baseline}).status, 1);
}

TEST_F(CvesCommand, AnIgnoreOfTheConfigurationAccepts) {
  const std::string configuration = folder_.write(
      "accepted.yaml",
      "ignore:\n  - {vulnerability: GHSA-test-1, package: left-pad, reason: pads nothing}\n");
  const Outcome outcome = cves({"--config", configuration, "--show-suppressed"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("pads nothing"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("1 suppressed"), std::string::npos) << outcome.out;
}

TEST_F(CvesCommand, OldAdvisoriesFailWhereAnAgeIsAsked) {
  const Outcome old = cves({"--max-age", "2w", "--fail-on", "none"});
  EXPECT_EQ(old.status, 5) << old.err;
  EXPECT_NE(old.err.find("the newest advisory is of 2024-02-01, --max-age allows 14 days"),
            std::string::npos)
      << old.err;
  EXPECT_EQ(cves({"--max-age", "36500d", "--fail-on", "none"}).status, 0);
  EXPECT_EQ(cves({"--max-age", "soon"}).status, 2);
}

TEST_F(CvesCommand, WithoutAKnownBaseNothingIsLeftOut) {
  const Outcome outcome = cves({"--ignore-base"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("is not known, so all of them are told of"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(cves({"--ignore-base", "--base-only"}).status, 2);
}

TEST_F(CvesCommand, WhatIsExploitedFailsAlsoWithoutASeverity) {
  folder_.write("feeds/severe.json", R"({"id": "CVE-2024-0001", "modified": "2024-02-01",
    "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]})");
  ASSERT_EQ(plimsoll({"db", "import", folder_.path() + "/feeds", "--db", database_}).status, 0);
  EXPECT_EQ(cves({}).status, 1);
  EXPECT_EQ(cves({"--fail-on", "critical"}).status, 0);
}

TEST_F(CvesCommand, WhatNothingIsKnownOfIsSaidInEveryFormat) {
  const std::string other = folder_.write("other.cdx.json", bill({"pkg:cargo/serde@1.0.0"}));
  for (const char* format : {"table", "sarif", "json"}) {
    const Outcome outcome =
        plimsoll({"cves", "sbom:" + other, "--db", database_, "--format", format});
    EXPECT_NE(outcome.err.find("unknown: 1 package of crates.io"), std::string::npos)
        << format << outcome.err;
  }
}

TEST_F(CvesCommand, WhatIsLeftOutIsSaid) {
  const Outcome outcome = cves({"--ignore-unfixed"});
  EXPECT_NE(outcome.err.find("1 of 2 matches are left out"), std::string::npos) << outcome.err;
}

TEST_F(CvesCommand, AVexDocumentSilencesAndIsNamed) {
  const std::string vex = folder_.write("app.openvex.json", R"({
    "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://x.example/1", "author": "team",
    "timestamp": "2024-03-01T00:00:00Z", "version": 1, "statements": [
      {"vulnerability": {"name": "CVE-2024-0001"}, "status": "not_affected",
       "products": [{"@id": "pkg:npm/left-pad@1.3.0"}],
       "justification": "vulnerable_code_not_in_execute_path"}]})");
  const Outcome outcome = cves({"--vex", vex});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("1 vulnerability: 1 low · 1 suppressed"), std::string::npos)
      << outcome.out;
  EXPECT_EQ(outcome.out.find("CVE-2024-0001"), std::string::npos) << outcome.out;
  const Outcome shown = cves({"--vex", vex, "--show-suppressed"});
  EXPECT_NE(shown.out.find("not_affected: vulnerable_code_not_in_execute_path"), std::string::npos)
      << shown.out;
  const Json report = Json::parse(cves({"--vex", vex, "--format", "json"}).out);
  EXPECT_EQ(report["vulnerabilities"][0]["suppressed"]["by"], vex);
  EXPECT_EQ(cves({"--vex", vex, "--format", "sarif"}).status, 0);
  EXPECT_EQ(cves({"--vex", bill_}).status, 3) << "no VEX document";
  EXPECT_EQ(cves({"--vex", folder_.path() + "/none"}).status, 3);
}

TEST_F(CvesCommand, WhatAVexDocumentSaysIsReadBackFromOurCycloneDx) {
  const std::string vex = folder_.write("app.openvex.json", R"({
    "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://x.example/1", "author": "team",
    "timestamp": "2024-03-01T00:00:00Z", "version": 1, "statements": [
      {"vulnerability": {"name": "CVE-2024-0001"}, "status": "not_affected",
       "products": [{"@id": "pkg:npm/left-pad@1.3.0"}],
       "justification": "vulnerable_code_not_in_execute_path"}]})");
  const std::string ours =
      folder_.write("ours.cdx.json", cves({"--vex", vex, "--format", "cyclonedx"}).out);
  const Json report = Json::parse(cves({"--vex", ours, "--format", "json"}).out);
  for (const Json& each : report["vulnerabilities"]) {
    EXPECT_EQ(each["suppressed"].is_null(), each["id"] != "CVE-2024-0001") << each.dump(2);
  }
}

TEST_F(CvesCommand, PointsAtTheLineOfTheDockerfile) {
  using image::sample_tar::file;
  const image::SampleStore store = image::sample_archive(
      {file("etc/os-release", "ID=debian\nVERSION_ID=12\n"),
       file("app/node_modules/left-pad/package.json", R"({"name":"left-pad","version":"1.3.0"})")},
      R"("config":{},"history":[{"created_by":"/bin/sh -c #(nop) ADD file:x in / "},
                                {"created_by":"COPY . /app # buildkit"}],)");
  std::string tar;
  for (const auto& [name, bytes] : store.files) tar += file(name, bytes);
  const std::string path = folder_.write("app.tar", tar + image::sample_tar::end());
  const std::string dockerfile = folder_.write("Dockerfile", "FROM debian:12\n\nCOPY . /app\n");
  const Outcome outcome = plimsoll(
      {"cves", path, "--no-cache", "--db", database_, "--file", dockerfile, "--format", "sarif"});
  const Json report = Json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << outcome.err;
  const Json& place = report["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["region"]["startLine"], 3) << place.dump(2);
  EXPECT_NE(place["artifactLocation"]["uri"].dump().find("Dockerfile"), std::string::npos);
  EXPECT_EQ(plimsoll({"cves", path, "--no-cache", "--db", database_, "--file", "none"}).status, 2);
}

TEST_F(CvesCommand, IgnoreFilesOfOtherToolsHold) {
  const std::string open = folder_.write("a/.trivyignore", "# accepted\nCVE-2024-0001\n");
  EXPECT_EQ(cves({"--ignorefile", open}).status, 0);
  const std::string alias = folder_.write("b/.trivyignore", "GHSA-test-1 exp:2999-01-01\n");
  EXPECT_EQ(cves({"--ignorefile", alias}).status, 0);
  const std::string expired = folder_.write("c/.trivyignore", "CVE-2024-0001 exp:2020-01-01\n");
  const Outcome late = cves({"--ignorefile", expired});
  EXPECT_EQ(late.status, 1);
  EXPECT_NE(late.err.find("held until 2020-01-01"), std::string::npos) << late.err;
  const std::string grype = folder_.write(
      "d/.grype.yaml", "ignore:\n  - vulnerability: CVE-2024-0001\n    reason: not reachable\n");
  EXPECT_EQ(cves({"--ignorefile", grype}).status, 0);
}

TEST_F(CvesCommand, ADistributionThatNothingIsKnownOfIsAnError) {
  const std::string other = folder_.write(
      "other.cdx.json", bill({"pkg:deb/debian/zlib@1.2.13?arch=amd64&distro=debian-13"}));
  const Outcome outcome = plimsoll({"cves", "sbom:" + other, "--db", database_, "--no-color"});
  EXPECT_EQ(outcome.status, 5);
  EXPECT_NE(outcome.out.find("unknown  1 package of Debian:13: the database has no advisories"),
            std::string::npos)
      << outcome.out;
}

TEST_F(CvesCommand, WithoutADatabaseTheNotableOnesAreLookedForAndSaidToBeNoMore) {
  const std::string old =
      folder_.write("old.cdx.json", bill({"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"}));
  const Outcome outcome = plimsoll({"cves", "sbom:" + old, "--no-color"});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("CVE-2021-44228"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("only the"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.out.find("advisories of 20"), std::string::npos) << outcome.out;
  EXPECT_EQ(plimsoll({"cves", "sbom:" + old, "--db", folder_.path() + "/none.db"}).status, 5);
}

TEST_F(CvesCommand, ADamagedDatabaseIsRefused) {
  Folder other;
  std::ifstream file(database_, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string cut = other.write("cut.db", bytes.substr(0, bytes.size() / 2));
  EXPECT_NE(plimsoll({"cves", "sbom:" + bill_, "--db", cut}).status, 0);
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
  const std::string changed = other.write("changed.db", bytes);
  EXPECT_EQ(plimsoll({"db", "verify", "--db", changed}).status, 3);
  EXPECT_EQ(plimsoll({"db", "verify", "--db", database_}).status, 0);
}

TEST_F(CvesCommand, StatusTellsAgeAndCoverage) {
  const Json status = Json::parse(
      plimsoll({"db", "status", "--db", database_, "--format", "json"}).out, nullptr, false);
  ASSERT_TRUE(status.is_object());
  std::map<std::string, Json> ecosystems;
  for (const Json& each : status["ecosystems"]) ecosystems[each["ecosystem"]] = each;
  EXPECT_EQ(ecosystems["Debian:12"]["advisories"], 1);
  EXPECT_EQ(ecosystems["npm"]["newest"], "2024-02-01");
  EXPECT_GT(ecosystems["generic"]["advisories"], 50) << "programs are always known";
  EXPECT_EQ(plimsoll({"db", "status", "--db", folder_.path() + "/none.db"}).status, 5);
}

TEST_F(CvesCommand, ABrokenFeedIsSaidAndTheRestIsImported) {
  folder_.write("feeds/broken.json", R"({"id": "CVE-2024-3", "modified": "x", "affected": [)");
  const Outcome made = plimsoll({"db", "import", folder_.path() + "/feeds", "--db", database_});
  EXPECT_EQ(made.status, 4) << made.err;
  EXPECT_NE(made.err.find("broken.json"), std::string::npos) << made.err;
  EXPECT_EQ(cves({}).status, 1);
  const std::string text = folder_.write("text/readme.txt", "no feed");
  EXPECT_EQ(plimsoll({"db", "import", text, "--db", database_}).status, 3);
  EXPECT_EQ(cves({}).status, 1) << "the old database stays";
}

}  // namespace
}  // namespace plimsoll::test
