// What a bill of materials of ours says is read back as it was.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "image/purl.h"
#include "image/sbom_content.h"
#include "report/format.h"

namespace plimsoll::test {
namespace {

constexpr const char* kEcosystems[] = {
    "Alpine",   "Arch",        "Bioconductor", "Bottlerocket", "COS",       "CPAN",
    "CRAN",     "Debian",      "Gentoo",       "GitHub",       "Go",        "Hackage",
    "Hex",      "Julia",       "NuGet",        "Packagist",    "Pub",       "PyPI",
    "RPM",      "RubyGems",    "SwiftURL",     "Ubuntu",       "Wolfi",     "WordPress",
    "conda",    "crates.io",   "flatpak",      "generic",      "homebrew",  "npm",
    "opam",     "opkg",        "snap",         "swipl",        "AlmaLinux", "Alpaquita",
    "CentOS",   "Chainguard",  "Echo",         "Fedora",       "Mageia",    "MinimOS",
    "Red Hat",  "Rocky Linux", "SUSE",         "Amazon Linux", "openEuler", "openSUSE",
    "Photon OS"};

bool writes_names_small(const std::string& ecosystem) {
  return ecosystem == "PyPI" || ecosystem == "Hex" || ecosystem == "Pub" ||
         ecosystem == "Packagist" || ecosystem == "GitHub";
}

/// One of each ecosystem, spelt as hard as it may be, and a few that have forms of their own.
report::Document sample() {
  report::Document document{.version = "1"};
  document.image = ImageSummary{.reference = "app:1",
                                .digest = "sha256:" + std::string(64, 'a'),
                                .os = "plan9 4.1",
                                .os_title = "Plan 9"};
  const auto add = [&document](std::string ecosystem, std::string name, std::string version) {
    Package& package = document.packages.emplace_back();
    package.ecosystem = std::move(ecosystem);
    package.name = std::move(name);
    package.version = std::move(version);
    package.licenses = {"MIT", "a <name>"};
    package.purl = image::purl_of(package, {.id = "plan9", .version_id = "4.1"});
  };
  for (const char* const ecosystem : kEcosystems) {
    add(ecosystem, writes_names_small(ecosystem) ? "Some_Name" : "some+name", "1:2.0~rc1+b-3");
    EXPECT_NE(document.packages.back().purl, "") << ecosystem;
  }
  add("Maven", "org.a:b", "1");
  add("npm", "@a/b", "1");
  add("Go", "github.com/A/b/v2", "v2.0.0");
  add("CocoaPods", "Pod/Core", "1");
  add("Packagist", "Acme/Lib", "");
  return document;
}

using Row = std::tuple<std::string, std::string, std::string, std::string>;
std::vector<Row> rows(std::vector<Package> packages) {
  std::vector<Row> all;
  for (const Package& each : packages) {
    all.emplace_back(each.ecosystem, each.name, each.version, each.purl);
  }
  std::sort(all.begin(), all.end());
  return all;
}

TEST(SbomRoundTrip, EveryFormatIsReadBackAsItWas) {
  const report::Document document = sample();
  std::size_t formats = 0;
  for (const report::Format* format : report::all_formats()) {
    if (!format->lists_packages || format->name == "json") continue;
    SCOPED_TRACE(std::string(format->name));
    ++formats;
    const auto content = image::read_sbom("bill", format->render(document, {}));
    ASSERT_TRUE(content) << content.error().message;
    EXPECT_EQ(rows(content->packages), rows(document.packages));
    EXPECT_EQ(content->subject.name, "app:1");
    EXPECT_EQ(content->subject.digest, document.image->digest);
    EXPECT_EQ(content->subject.release.id, "plan9");
    EXPECT_EQ(content->subject.release.version_id, "4.1");
    EXPECT_FALSE(content->packages.front().licenses.empty());
  }
  EXPECT_EQ(formats, 6U);
}

TEST(SbomRoundTrip, CycloneDxAlsoKeepsPlacesAndWhatHasNoPackageUrl) {
  report::Document document{.version = "1"};
  for (const char* path : {"a", "b"}) {
    Package& package = document.packages.emplace_back();
    package.ecosystem = "Elsewhere";
    package.name = "x";
    package.path = path;
    package.layer = "sha256:1";
    package.dev = true;
  }
  for (const char* format : {"cyclonedx", "cyclonedx-1.5", "cyclonedx-xml"}) {
    const auto content =
        image::read_sbom("bill", report::find_format(format)->render(document, {}));
    ASSERT_TRUE(content) << content.error().message;
    ASSERT_EQ(content->packages.size(), 2U) << format;
    EXPECT_EQ(content->packages[1].path, "b");
    EXPECT_EQ(content->packages[1].layer, "sha256:1");
    EXPECT_EQ(content->packages[1].ecosystem, "Elsewhere");
    EXPECT_TRUE(content->packages[1].dev);
  }
}

}  // namespace
}  // namespace plimsoll::test
