// Command lines that users of other scanners type, each option of them once: it does what it says,
// or it is refused with what to type instead. None is unknown.

#include "cli/peer_options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "image/sample_image.h"
#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kAdvisories[] = {
    // Severe and mended, of a language.
    R"({"id": "GHSA-test-1", "aliases": ["CVE-2024-0001"], "modified": "2024-02-01T00:00:00Z",
        "summary": "Pads on the wrong side", "details": "It pads on the right.\n\nAlways.",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
          "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]})",
    // Of a medium severity and local, without a fix.
    R"({"id": "GHSA-test-2", "aliases": ["CVE-2024-0003"], "modified": "2024-02-01T00:00:00Z",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N"}],
        "affected": [{"package": {"ecosystem": "PyPI", "name": "toolbox"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]})",
    // Of the system, without a fix.
    R"({"id": "CVE-2024-0002", "modified": "2024-02-01T00:00:00Z",
        "affected": [{"package": {"ecosystem": "Debian:12", "name": "zlib"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
          "ecosystem_specific": {"urgency": "low"}}]})"};

constexpr const char* kBill = R"({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
  "components": [
    {"type": "library", "name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"},
    {"type": "library", "name": "toolbox", "version": "2.0", "purl": "pkg:pypi/toolbox@2.0"},
    {"type": "library", "name": "sound", "version": "1.0", "purl": "pkg:pypi/sound@1.0"},
    {"type": "library", "name": "zlib", "version": "1.2.13",
     "purl": "pkg:deb/debian/zlib@1.2.13?arch=amd64&distro=debian-12"}]})";

constexpr const char* kVex = R"({"@context": "https://openvex.dev/ns/v0.2.0", "@id": "x",
  "author": "we", "timestamp": "2024-02-02T00:00:00Z", "version": 1, "statements": [
    {"vulnerability": {"name": "CVE-2024-0001"}, "status": "not_affected",
     "justification": "vulnerable_code_not_present",
     "products": [{"@id": "pkg:npm/left-pad@1.3.0"}]}]})";

class PeerOptions : public testing::Test {
 protected:
  void SetUp() override {
    int number = 0;
    for (const char* text : kAdvisories) {
      folder_.write("feeds/" + std::to_string(number++) + ".json", text);
    }
    database_ = folder_.path() + "/advisories.db";
    ASSERT_EQ(
        plimsoll({"db", "import", folder_.path() + "/feeds", "--db", database_, "--quiet"}).status,
        0);
    bill_ = folder_.write("app.cdx.json", kBill);
    vex_ = folder_.write("vex.json", kVex);
  }

  [[nodiscard]] Outcome cves(std::vector<std::string> arguments) const {
    for (std::string& each : arguments) {
      if (each == "VEX") each = vex_;
      if (each == "OUT") each = folder_.path() + "/out";
    }
    arguments.insert(arguments.begin(), {"cves", "sbom:" + bill_, "--db", database_, "--no-color",
                                         "--no-config", "--no-ignorefile"});
    return plimsoll(arguments);
  }

  /// Their ids, in the order of the report.
  [[nodiscard]] std::vector<std::string> ids(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--format", "json"});
    const Outcome outcome = cves(std::move(arguments));
    std::vector<std::string> ids;
    if (outcome.out.empty()) return {"status " + std::to_string(outcome.status) + outcome.err};
    const Json report = Json::parse(outcome.out);
    for (const Json& each : report.at("vulnerabilities")) ids.push_back(each.at("id"));
    return ids;
  }

  Folder folder_;
  std::string database_;
  std::string bill_;
  std::string vex_;
};

struct Typed {
  std::string_view peer;
  std::vector<std::string> arguments;
};

TEST_F(PeerOptions, OfOtherToolsAreTaken) {
  const Typed typed[] = {
      {"Trivy",
       {"--platform",
        "linux/amd64",
        "--scanners",
        "vuln,misconfig,secret,license",
        "--severity",
        "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL",
        "--exit-code",
        "0",
        "--exit-on-eol",
        "0",
        "--ignore-unfixed",
        "--ignore-status",
        "affected,will_not_fix,fix_deferred,end_of_life",
        "--vex",
        "VEX",
        "--show-suppressed",
        "--format",
        "table",
        "--output",
        "OUT"}},
      {"Trivy",
       {"--list-all-pkgs",
        "--pkg-types",
        "os,library",
        "--include-dev-deps",
        "--detection-priority",
        "precise",
        "--skip-dirs",
        "usr/share/**",
        "--skip-files",
        "a.txt",
        "--offline-scan",
        "--skip-db-update",
        "--skip-java-db-update",
        "--cache-backend",
        "fs",
        "--parallel",
        "2",
        "--timeout",
        "5m0s",
        "--distro",
        "debian/12",
        "--no-progress",
        "--exit-code",
        "0"}},
      {"Grype",
       {"--fail-on", "negligible", "--only-fixed", "--ignore-states", "not-fixed,wont-fix,unknown",
        "--by-cve", "--sort-by", "risk", "--scope", "squashed", "--add-cpes-if-none", "--distro",
        "debian:12", "--exclude", "**/test/**", "--exit-code", "0"}},
      {"Grype", {"--only-notfixed", "--sort-by", "threat", "--exit-code", "0"}},
      {"Grype", {"--sort-by", "kev", "--exit-code", "0"}},
      {"Docker Scout",
       {"--only-severity",
        "critical,high",
        "--only-fixed",
        "--only-package",
        "left-pad",
        "--only-package-type",
        "npm",
        "--only-cve-id",
        "CVE-2024-0001",
        "--only-metric",
        "AV:N",
        "--only-base",
        "--epss",
        "--epss-score",
        "0",
        "--epss-percentile",
        "0",
        "--locations",
        "--details",
        "--only-vex-affected",
        "--ref",
        "app:1",
        "--exit-code",
        "0"}},
      {"Docker Scout", {"--only-unfixed", "--ignore-base", "--only-cisa-kev"}},
      {"Snyk",
       {"--exclude-base-image-vulns", "--severity-threshold", "critical", "--exclude-app-vulns",
        "--app-vulns", "--nested-jars-depth", "3", "--json"}},
      {"Snyk", {"--fail-on=upgradable", "--only-unfixed", "--sarif"}},
      {"OSV-Scanner",
       {"--offline", "--archive", "--recursive", "--all-vulns", "--all-packages", "--output-file",
        "OUT", "--format", "json", "--exit-code", "0"}},
  };
  for (const Typed& each : typed) {
    const Outcome outcome = cves(each.arguments);
    EXPECT_EQ(outcome.status, 0) << each.peer << ": " << outcome.err << outcome.out;
  }
}

TEST_F(PeerOptions, ThatCannotBeHadSayWhatToTypeInstead) {
  for (const cli::MissingOption& each : cli::missing_options()) {
    std::string_view names = each.names;
    while (!names.empty()) {
      const std::string name(names.substr(0, names.find(' ')));
      names.remove_prefix(std::min(names.size(), name.size() + 1));
      const Outcome outcome = cves({name + (name.starts_with("--") ? "=x" : "")});
      EXPECT_EQ(outcome.status, 2) << name;
      EXPECT_NE(outcome.err.find(std::string(each.instead)), std::string::npos) << outcome.err;
    }
  }
}

TEST(PeerOptionsPage, NamesEachOfThem) {
  std::ifstream file(PLIMSOLL_SOURCE_DIR "/docs/coming-from.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::string names;
  for (const cli::NeedlessOption& each : cli::needless_options()) {
    names += std::string(each.names) + ' ';
  }
  for (const cli::MissingOption& each : cli::missing_options()) {
    names += std::string(each.names) + ' ';
  }
  std::replace(names.begin(), names.end(), ',', ' ');
  std::istringstream words(names);
  for (std::string name; words >> name;) {
    const bool is_named = page.find('`' + name + '`') != std::string::npos ||
                          page.find('`' + name + ' ') != std::string::npos;
    EXPECT_TRUE(is_named) << name;
  }
}

TEST_F(PeerOptions, ValuesThatCannotBeHadAreRefused) {
  EXPECT_EQ(cves({"--scope", "all-layers"}).status, 2);
  EXPECT_EQ(cves({"--detection-priority", "comprehensive"}).status, 2);
  EXPECT_EQ(cves({"--cache-backend", "redis"}).status, 2);
  EXPECT_EQ(cves({"--scanners", "vuln,viruses"}).status, 2);
  EXPECT_EQ(cves({"--distro", "nothing:1"}).status, 2);
  EXPECT_EQ(cves({"--timeout", "soon"}).status, 2);
  EXPECT_EQ(cves({"--skip-dirs", "["}).status, 2);
  const Outcome format = cves({"-o", "json"});
  EXPECT_EQ(format.status, 2);
  EXPECT_NE(format.err.find("--format"), std::string::npos) << format.err;
}

struct Selected {
  std::vector<std::string> arguments;
  std::vector<std::string> ids;
};

TEST_F(PeerOptions, Select) {
  const std::string severe = "CVE-2024-0001";
  const std::string open = "CVE-2024-0002";
  const std::string medium = "CVE-2024-0003";
  const Selected selected[] = {
      {{"--sort", "vulnerability"}, {severe, open, medium}},
      {{"--only-severity", "critical"}, {severe}},
      {{"--only-severity", "low,medium", "--sort", "vulnerability"}, {open, medium}},
      {{"--severity-threshold", "medium", "--sort", "vulnerability"}, {severe, medium}},
      {{"--only-metric", "AV:N"}, {severe}},
      {{"--only-metric", "AV:L,PR:L"}, {medium}},
      {{"--only-metric", "AV:L,PR:N"}, {}},
      {{"--only-package-type", "pypi"}, {medium}},
      {{"--only-package-type", "deb,npm", "--sort", "vulnerability"}, {severe, open}},
      {{"--exclude-app-vulns"}, {open}},
      {{"--ignore-states", "not-fixed"}, {severe}},
      {{"--ignore-states", "fixed", "--sort", "vulnerability"}, {open, medium}},
      {{"--vex", "VEX", "--only-vex-affected", "--sort", "vulnerability"}, {open, medium}},
      {{"--skip-dirs", "**"}, {}},
  };
  for (const Selected& each : selected) {
    std::string typed;
    for (const std::string& argument : each.arguments) typed += argument + ' ';
    EXPECT_EQ(ids(each.arguments), each.ids) << typed;
  }
}

TEST_F(PeerOptions, GateAsTheirToolsDo) {
  EXPECT_EQ(cves({"-e"}).status, 2);
  EXPECT_EQ(cves({"-e", "--only-cisa-kev"}).status, 0);
  EXPECT_EQ(cves({"-e", "--exit-code", "7"}).status, 7);
  EXPECT_EQ(cves({"--fail-on", "all", "--only-package", "zlib"}).status, 1);
  EXPECT_EQ(cves({"--fail-on", "upgradable", "--only-package", "zlib"}).status, 0);
  EXPECT_EQ(cves({"--fail-on", "upgradable"}).status, 1);
}

TEST_F(PeerOptions, AnotherDistributionJudgesOtherwise) {
  const Outcome outcome = cves({"--distro", "debian:11", "--only-package", "zlib"});
  EXPECT_EQ(outcome.status, 5) << outcome.err;  // the database has nothing of it
}

TEST_F(PeerOptions, DetailsAndLocationsArePrinted) {
  EXPECT_EQ(cves({}).out.find("It pads on the right."), std::string::npos);
  const std::string out = cves({"--details", "--locations"}).out;
  for (const char* part : {"It pads on the right.", "CVSS:3.1/AV:N", "left-pad 1.3.0 by "}) {
    EXPECT_NE(out.find(part), std::string::npos) << part << '\n' << out;
  }
}

TEST_F(PeerOptions, AllPackagesAreListedInTrivysReport) {
  const auto has_sound = [this](const std::vector<std::string>& arguments) {
    return cves(arguments).out.find("\"Name\": \"sound\"") != std::string::npos;
  };
  EXPECT_FALSE(has_sound({"--format", "trivy-json"}));
  EXPECT_TRUE(has_sound({"--format", "trivy-json", "--list-all-pkgs"}));
}

/// An image of a release that has ended, with a token in a file.
std::string old_image() {
  using image::sample_tar::file;
  const std::string token = std::string("ghp_wWPw5k4aXcaT4f") + "NP0UcnZwJUVFk6LO0pINUx";
  const image::SampleStore store =
      image::sample_archive({file("etc/os-release", "ID=debian\nVERSION_ID=9\n"),
                             file("srv/app/token", "token = \"" + token + "\"\n")});
  std::string tar;
  for (const auto& [name, bytes] : store.files) tar += file(name, bytes);
  return tar + image::sample_tar::end();
}

TEST_F(PeerOptions, WorkOnImages) {
  const std::string path = folder_.write("app.tar", old_image());
  const std::vector<std::string> common = {"--db", database_,  "--no-cache", "--fail-on",
                                           "none", "--format", "csv"};
  const auto image = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "image");
    arguments.insert(arguments.end(), common.begin(), common.end());
    return plimsoll(arguments);
  };
  EXPECT_EQ(image({"--input", path}).status, 0);
  EXPECT_EQ(image({path, "--exit-on-eol", "9"}).status, 9);
  const auto finds = [&](std::vector<std::string> arguments, const std::string& what) {
    arguments.insert(arguments.begin(), path);
    return image(std::move(arguments)).out.find(what) != std::string::npos;
  };
  EXPECT_TRUE(finds({"--scanners", "secret"}, "github-pat"));
  EXPECT_FALSE(finds({"--scanners", "vuln"}, "github-pat"));
  EXPECT_FALSE(finds({"--scanners", "secret"}, "image-release-ended"));
  EXPECT_TRUE(finds({"--scanners", "misconfig"}, "image-release-ended"));
  EXPECT_FALSE(finds({"--skip-dirs", "srv/app"}, "github-pat"));
  const Outcome elsewhere = image({"app:1", "--image-src", "podman"});
  EXPECT_EQ(elsewhere.status, 5);
  EXPECT_NE(elsewhere.err.find("podman"), std::string::npos) << elsewhere.err;
}

}  // namespace
}  // namespace plimsoll::test
