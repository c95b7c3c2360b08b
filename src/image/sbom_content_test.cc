#include "image/sbom_content.h"

#include <gtest/gtest.h>

#include <string>

#include "image/image_source.h"
#include "image/inventory.h"

namespace plimsoll::image {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');

/// "name digest, system, package version of ecosystem, …"
std::string told(std::string_view text) {
  const auto content = read_sbom("f", std::string(text));
  if (!content) return "!" + content.error().message;
  const SbomSubject& subject = content->subject;
  std::string out = subject.name + ' ' + subject.digest.substr(0, 9) + ", " + subject.release.id +
                    ' ' + subject.release.version_id;
  for (const Package& each : content->packages) {
    out += ", " + each.name + ' ' + each.version + " of " + each.ecosystem;
  }
  return out;
}

TEST(SbomContent, SaysImageSystemAndPackagesInEveryFormat) {
  const std::string want = "app:1 sha256:aa, rocky 9.4, bash 5-1 of Rocky Linux";
  EXPECT_EQ(told(R"({"bomFormat": "CycloneDX", "metadata": {"component": {"type": "container",
    "name": "app:1", "version": ")" +
                 kDigest + R"("}}, "components": [
    {"type": "operating-system", "name": "rocky", "version": "9.4"},
    {"type": "library", "name": "bash", "purl": "pkg:rpm/bash@5-1"}]})"),
            want);
  EXPECT_EQ(told(R"(<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>
    <component type="container"><name>app:1</name><version>)" +
                 kDigest + R"(</version></component>
    </metadata><components><component type="operating-system"><name>rocky</name>
    <version>9.4</version></component><component type="library"><name>bash</name>
    <purl>pkg:rpm/bash@5-1</purl></component></components></bom>)"),
            want);
  EXPECT_EQ(told(R"({"SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3",
    "documentDescribes": ["SPDXRef-i"], "packages": [
    {"SPDXID": "SPDXRef-i", "name": "app:1", "versionInfo": ")" +
                 kDigest + R"("},
    {"SPDXID": "SPDXRef-o", "name": "rocky", "versionInfo": "9.4",
     "primaryPackagePurpose": "OPERATING_SYSTEM"},
    {"SPDXID": "SPDXRef-b", "name": "bash", "externalRefs": [
      {"referenceType": "purl", "referenceLocator": "pkg:rpm/bash@5-1"}]}]})"),
            want);
  EXPECT_EQ(told("SPDXVersion: SPDX-2.3\nPackageName: app:1\nSPDXID: SPDXRef-i\nPackageVersion: " +
                 kDigest +
                 "\nPackageName: rocky\nPackageVersion: 9.4\nPrimaryPackagePurpose: "
                 "OPERATING-SYSTEM\nPackageName: bash\nExternalRef: PACKAGE-MANAGER purl "
                 "pkg:rpm/bash@5-1\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-i\n"),
            want);
  EXPECT_EQ(told(R"({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
    {"type": "software_Sbom", "spdxId": "urn:s", "rootElement": ["urn:i"]},
    {"type": "software_Package", "spdxId": "urn:i", "name": "app:1",
     "software_packageVersion": ")" +
                 kDigest + R"("},
    {"type": "software_Package", "spdxId": "urn:o", "name": "rocky",
     "software_packageVersion": "9.4", "software_primaryPurpose": "operatingSystem"},
    {"type": "software_Package", "spdxId": "urn:b", "name": "bash",
     "software_packageUrl": "pkg:rpm/bash@5-1"}]})"),
            want);
}

TEST(SbomContent, WithoutASystemItIsWhatPackageUrlsSay) {
  const auto of = [](const char* distro) {
    return told(std::string(R"({"bomFormat": "CycloneDX", "components": [{"name": "a", "purl":
      "pkg:deb/debian/a@1?distro=)") +
                distro + "\"}]}");
  };
  EXPECT_EQ(of("ubuntu-24.04"), " , ubuntu 24.04, a 1 of Ubuntu");
  EXPECT_EQ(of("debian"), " , debian , a 1 of Debian");
  EXPECT_EQ(of("opensuse-tumbleweed"), " , opensuse-tumbleweed , a 1 of Debian");
}

TEST(SbomContent, AnotherFileIsNone) {
  EXPECT_EQ(told("{}"), "!no bill of materials: neither CycloneDX nor SPDX");
  EXPECT_EQ(told(""), "!no bill of materials: neither CycloneDX nor SPDX");
  EXPECT_FALSE(is_sbom("{\"a\": 1}"));
  EXPECT_FALSE(is_sbom("bytes of something with \"bomFormat\" in it"));
  EXPECT_TRUE(is_sbom("\xEF\xBB\xBF {\"x\": 1, \"bomFormat\": \"CycloneDX\"}"));
  EXPECT_TRUE(is_sbom("SPDXVersion: SPDX-2.3\n"));
}

TEST(SbomContent, TheFirstSignTellsTheFormat) {
  EXPECT_EQ(told(R"({"bomFormat": "CycloneDX", "components": [], "x": "\"SPDXID\""})"), " ,  ");
}

TEST(SbomContent, BecomesAnInventoryOfWhichNoFileIsKnown) {
  FoundImage found;
  found.image.names = {"app.cdx.json"};
  found.sbom = archive::memory_stream(R"({"bomFormat": "CycloneDX", "components": [
    {"type": "library", "name": "b", "purl": "pkg:deb/debian/b@1?distro=debian-12"},
    {"type": "library", "name": "a", "purl": "pkg:deb/debian/a@1"}]})");
  const auto inventory = take_inventory(std::move(found), {});
  ASSERT_TRUE(inventory);
  EXPECT_TRUE(inventory->is_of_sbom);
  EXPECT_TRUE(inventory->layers.empty());
  EXPECT_EQ(inventory->release.id, "debian");
  ASSERT_EQ(inventory->packages.size(), 2U);
  EXPECT_EQ(inventory->packages[0].name, "a");
}

}  // namespace
}  // namespace plimsoll::image
