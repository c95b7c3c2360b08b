#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(CycloneDx, ReadsPartsOfPartsInJsonAndXml) {
  const std::string want = "org.a:a 1, b 2, d 3 (dev)";
  EXPECT_EQ(dump(read_kind("sbom-cyclonedx", R"({"bomFormat": "CycloneDX", "components": [
    {"name": "x", "version": "9", "purl": "pkg:maven/org.a/a@1", "components": [
      {"name": "b", "version": "2", "cpe": "cpe:2.3:a:b:b:2"}]},
    {"name": "alpine", "version": "3.20", "type": "operating-system"},
    {"name": "d", "version": "3", "purl": "pkg:npm/d", "scope": "excluded"}]})")),
            want);
  EXPECT_EQ(dump(read_kind("sbom-cyclonedx",
                           R"(<?xml version="1.0"?><c:bom xmlns:c="x"><c:components>
    <c:component><c:name>x</c:name><c:purl>pkg:maven/org.a/a@1</c:purl><c:components>
      <c:component><c:name>b</c:name><c:version>2</c:version><c:cpe>cpe:/a:b</c:cpe></c:component>
    </c:components></c:component>
    <c:component><c:name>d</c:name><c:version>3</c:version><c:purl>pkg:npm/d</c:purl>
      <c:scope>excluded</c:scope></c:component></c:components></c:bom>)")),
            want);
}

TEST(CycloneDx, KeepsLicencesSourceAndPackageUrl) {
  const PackageReading reading = read_kind("sbom-cyclonedx", R"({"bomFormat": "CycloneDX",
    "components": [{"name": "libc6", "purl": "pkg:deb/debian/libc6@2-1?arch=amd64",
      "licenses": [{"license": {"id": "MIT"}}, {"expression": "A OR B"}],
      "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "glibc"},
                     {"name": "aquasecurity:trivy:SrcVersion", "value": "2"},
                     {"name": "aquasecurity:trivy:SrcRelease", "value": "1"}]}]})");
  ASSERT_EQ(reading.packages.size(), 1U);
  const Package& package = reading.packages[0];
  EXPECT_EQ(package.licenses, (std::vector<std::string>{"MIT", "A OR B"}));
  EXPECT_EQ(package.source_name, "glibc");
  EXPECT_EQ(package.source_version, "");
  EXPECT_EQ(package.architecture, "amd64");
  EXPECT_EQ(package.ecosystem, "Debian");
  EXPECT_EQ(package.purl, "pkg:deb/debian/libc6@2-1?arch=amd64");
}

TEST(Spdx, ReadsJsonYamlAndTags) {
  const std::string want = "python 3.14, @s/a 1";
  EXPECT_EQ(dump(read_kind("sbom-spdx", R"({"spdxVersion": "SPDX-2.3", "packages": [
    {"SPDXID": "SPDXRef-a", "name": "x", "versionInfo": "1", "externalRefs": [
      {"referenceType": "purl", "referenceLocator": "pkg:npm/%40s/a"}]},
    {"SPDXID": "SPDXRef-p", "name": "python", "versionInfo": "3.14", "externalRefs": [
      {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:p:p:3"}]},
    {"SPDXID": "SPDXRef-f", "name": "a folder"},
    {"SPDXID": "SPDXRef-i", "name": "image", "externalRefs": [
      {"referenceType": "purl", "referenceLocator": "pkg:oci/image@sha256%3A0"}]}]})")),
            want);
  EXPECT_EQ(dump(read_kind("sbom-spdx",
                           "spdxVersion: SPDX-2.3\npackages:\n- name: x\n  versionInfo: '1'\n"
                           "  externalRefs:\n  - referenceType: purl\n"
                           "    referenceLocator: pkg:npm/%40s/a\n- name: python\n"
                           "  externalRefs:\n  - referenceType: purl\n"
                           "    referenceLocator: pkg:dhi/python@3.14\n")),
            want);
  EXPECT_EQ(dump(read_kind("sbom-spdx",
                           "SPDXVersion: SPDX-2.3\nPackageName: x\nPackageVersion: 1\n"
                           "PackageComment: <text>one\nPackageName: no\n</text>\n"
                           "ExternalRef: PACKAGE-MANAGER purl pkg:npm/%40s/a\n"
                           "PackageName: python\nSPDXID: SPDXRef-p\nPackageVersion: 3.14\n"
                           "ExternalRef: SECURITY cpe23Type cpe:2.3:a:p:p:3\n")),
            want);
}

TEST(Spdx, WhatTheDocumentIsAboutIsNoPartOfItWithoutPackageUrl) {
  constexpr const char* kDocument = R"({"spdxVersion": "SPDX-2.3",
    "documentDescribes": ["SPDXRef-a", "SPDXRef-b"], "packages": [
    {"SPDXID": "SPDXRef-a", "name": "a", "versionInfo": "1", "externalRefs": [
      {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:a:a:1"}]},
    {"SPDXID": "SPDXRef-b", "name": "b", "externalRefs": [
      {"referenceType": "purl", "referenceLocator": "pkg:generic/b@2"}]}]})";
  EXPECT_EQ(dump(read_kind("sbom-spdx", kDocument)), "b 2");
}

TEST(Spdx, ReadsVersion3) {
  const PackageReading reading = read_kind("sbom-spdx", R"({
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
    {"type": "software_Package", "spdxId": "urn:a", "name": "a", "software_packageVersion": "1",
     "software_packageUrl": "pkg:pypi/a@1"},
    {"type": "software_Package", "spdxId": "urn:b", "name": "b", "externalIdentifier": [
      {"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl",
       "identifier": "pkg:npm/b@2"}]},
    {"type": "software_File", "spdxId": "urn:f", "name": "f"},
    {"type": "simplelicensing_LicenseExpression", "spdxId": "urn:l",
     "simplelicensing_licenseExpression": "MIT"},
    {"type": "Relationship", "relationshipType": "hasDeclaredLicense", "from": "urn:a",
     "to": ["urn:l"]}]})");
  EXPECT_EQ(dump(reading), "a 1, b 2");
  EXPECT_EQ(reading.packages.at(0).licenses, std::vector<std::string>{"MIT"});
}

TEST(Sbom, AnotherFileIsInvalid) {
  EXPECT_EQ(dump(read_kind("sbom-cyclonedx", "{}")), " !no CycloneDX: it has no 'bomFormat'");
  EXPECT_EQ(dump(read_kind("sbom-cyclonedx", "<a/>")), " !no CycloneDX: no 'bom' in it");
  EXPECT_EQ(dump(read_kind("sbom-spdx", "{}")), " !no SPDX document: it has no 'spdxVersion'");
  EXPECT_EQ(dump(read_kind("sbom-spdx", "a: b\n")), " !no SPDX document: it has no 'spdxVersion'");
}

}  // namespace
}  // namespace plimsoll::image
