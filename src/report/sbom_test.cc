#include "report/sbom.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "report/format.h"

namespace plimsoll::report {
namespace {

Package package(const std::string& name, const std::string& path = {}) {
  Package made;
  made.name = name;
  made.version = "1";
  made.ecosystem = "npm";
  made.purl = "pkg:npm/" + name + "@1";
  made.path = path;
  return made;
}

Document document_of(std::vector<Package> packages) {
  Document document{.version = "1"};
  document.packages = std::move(packages);
  return document;
}

std::string refs(const Document& document) {
  std::string all;
  for (const SbomComponent& each : sbom_of(document).components) all += each.ref + ' ';
  return all;
}

TEST(Sbom, ARefIsThePackageUrlWithThePathWhereItIsThereTwice) {
  EXPECT_EQ(refs(document_of({package("a"), package("b", "x")})), "pkg:npm/a@1 pkg:npm/b@1 ");
  EXPECT_EQ(refs(document_of({package("a", "x"), package("a", "y"), package("b", "x")})),
            "pkg:npm/a@1|x pkg:npm/a@1|y pkg:npm/b@1 ");
  EXPECT_EQ(refs(document_of({package("a", "x"), package("a", "x"), package("a", "x|1")})),
            "pkg:npm/a@1|x|2 pkg:npm/a@1|x|3 pkg:npm/a@1|x|1 ");
}

TEST(Sbom, TheSameContentHasTheSameId) {
  const std::string id = sbom_of(document_of({package("a")})).uuid;
  EXPECT_EQ(id, sbom_of(document_of({package("a")})).uuid);
  EXPECT_NE(id, sbom_of(document_of({package("b")})).uuid);
  EXPECT_NE(id, sbom_of(document_of({package("a", "x")})).uuid);
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id[14], '8') << "a UUID of its maker's own";
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(Sbom, ItsTimeIsTheImagesUnlessTheEnvironmentSaysOne) {
  Document document = document_of({});
  document.image = ImageSummary{.created = "2026-01-02T03:04:05.9+01:00"};
  ASSERT_EQ(unsetenv("SOURCE_DATE_EPOCH"), 0);
  EXPECT_EQ(sbom_of(document).made, "2026-01-02T02:04:05Z");
  ASSERT_EQ(setenv("SOURCE_DATE_EPOCH", "60", 1), 0);
  EXPECT_EQ(sbom_of(document).made, "1970-01-01T00:01:00Z");
  ASSERT_EQ(unsetenv("SOURCE_DATE_EPOCH"), 0);
  document.image->created = "0001-01-01T00:00:00Z";
  EXPECT_EQ(sbom_of(document).made, "") << "Go's zero is no time";
  document.image.reset();
  EXPECT_EQ(sbom_of(document).made, "");
}

TEST(Sbom, LicencesAreListedExpressionsOrNames) {
  Package all = package("a");
  all.licenses = {"mit", "mit or ISC", "LicenseRef-x", "DocumentRef-d:LicenseRef-x", "BSD", " "};
  const Document document = document_of({all});
  const Sbom sbom = sbom_of(document);
  std::string text;
  for (const SbomLicense& each : sbom.components[0].licenses) {
    text += std::to_string(static_cast<int>(each.kind)) + each.text + ", ";
  }
  EXPECT_EQ(text, "0MIT, 1MIT OR ISC, 1LicenseRef-x, 2DocumentRef-d:LicenseRef-x, 2BSD, ");
}

TEST(Sbom, OnlyDigestsAreDigests) {
  const std::string hex(64, 'a');
  EXPECT_EQ(sbom_digest("sha256:" + hex).value, hex);
  EXPECT_EQ(sbom_digest("sha256:" + hex + 'a').value, "");
  EXPECT_EQ(sbom_digest("sha256:" + std::string(64, 'g')).value, "");
  EXPECT_EQ(sbom_digest("sha512:" + hex + hex).algorithm, "sha512");
  EXPECT_EQ(sbom_digest("").algorithm, "");
}

TEST(Sbom, EveryFormatIsTheSameTwiceAndSurvivesAnything) {
  Document document = document_of({package("a\xFF\n\x01]]>\"", "\xC2"), package("")});
  document.packages[0].licenses = {"\xFF", "", "((((", "LicenseRef-"};
  document.packages[0].purl.clear();
  document.packages[1].purl = "\x80 <";
  document.image = ImageSummary{.reference = "\xFF", .digest = "\xFE", .os = "\x80 \x81"};
  for (const Format* format : all_formats()) {
    if (!format->lists_packages) continue;
    const std::string once = format->render(document, {});
    EXPECT_EQ(once, format->render(document, {})) << format->name;
    EXPECT_EQ(once.find('\x01'), std::string::npos) << format->name;
    EXPECT_FALSE(format->render(document_of({}), {}).empty()) << format->name;
  }
}

TEST(Sbom, AShortNameFindsAFormatAndNothingDoesNot) {
  EXPECT_EQ(find_format("spdx"), find_format("spdx-json"));
  EXPECT_EQ(find_format(""), nullptr);
}

}  // namespace
}  // namespace plimsoll::report
