#include <gtest/gtest.h>

#include "advisory/vex_dump.h"
#include "advisory/vex_format.h"

namespace plimsoll::advisory {
namespace {

/// The statements of a BOM with these components and vulnerabilities, or the error's line.
std::string read(std::string_view vulnerabilities, std::string_view root = R"({"name": "app"})") {
  std::string text = R"({"bomFormat": "CycloneDX", "specVersion": "1.6",
      "metadata": {"timestamp": "2024-01-01T00:00:00Z", "authors": [{"name": "Ada"}],
                   "component": )";
  text += root;
  text += R"(}, "components": [{"bom-ref": "r1", "purl": "pkg:npm/a@1?x=y",
      "components": [{"bom-ref": "r2", "purl": "pkg:npm/%40s/b"}]}, {"bom-ref": "r3"}],
      "vulnerabilities": [)";
  const auto read = read_vex("bom.json", text + std::string(vulnerabilities) + "]}");
  return read ? dump(*read) : read.error().to_line();
}

TEST(CycloneDxVex, ReadsAnalyses) {
  EXPECT_EQ(read(R"({"id": "CVE-1", "references": [{"id": "GHSA-1"}], "recommendation": "wait",
                     "analysis": {"state": "not_affected", "justification": "code_not_reachable",
                                  "response": ["will_not_fix", "update"], "detail": "d",
                                  "lastUpdated": "2025-01-01T00:00:00Z"},
                     "affects": [{"ref": "r2"}, {"ref": "r3"}]})"),
            "not_affected CVE-1 GHSA-1 in pkg:npm/%40s/b because "
            "vulnerable_code_not_in_execute_path impact d action wait, will_not_fix, update at "
            "2025-01-01T00:00:00Z by Ada\n");
}

struct Case {
  std::string_view state;
  std::string_view status;
};

class CycloneDxState : public testing::TestWithParam<Case> {};

TEST_P(CycloneDxState, IsAStatus) {
  const std::string text =
      R"({"id": "CVE-1", "affects": [{"ref": "r1"}], "analysis": {"state": ")" +
      std::string(GetParam().state) + "\"}}";
  EXPECT_EQ(read(text), std::string(GetParam().status) +
                            " CVE-1 in pkg:npm/a@1?x=y at 2024-01-01T00:00:00Z by Ada\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, CycloneDxState,
    testing::Values(Case{"resolved", "fixed"}, Case{"resolved_with_pedigree", "fixed"},
                    Case{"exploitable", "affected"}, Case{"in_triage", "under_investigation"},
                    Case{"false_positive", "not_affected"}, Case{"not_affected", "not_affected"}));

struct Reference {
  std::string_view affects;
  std::string_view products;
};

class CycloneDxReference : public testing::TestWithParam<Reference> {};

TEST_P(CycloneDxReference, IsAPackageUrl) {
  const std::string text = R"({"id": "CVE-1", "analysis": {"state": "resolved"}, "affects": [)" +
                           std::string(GetParam().affects) + "]}";
  const std::string products(GetParam().products);
  EXPECT_EQ(read(text), products.empty()
                            ? ""
                            : "fixed CVE-1 in " + products + " at 2024-01-01T00:00:00Z by Ada\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, CycloneDxReference,
    testing::Values(Reference{R"({"ref": "pkg:gem/z"})", "pkg:gem/z"},
                    Reference{R"({"ref": "nowhere"})", ""},
                    Reference{R"({"ref": "urn:cdx:1/1#pkg:gem/z@1"})", "pkg:gem/z@1"},
                    Reference{R"({"ref": "urn:cdx:1/1#pkg%3Agem%2Fz"})", "pkg:gem/z"},
                    Reference{R"({"ref": "urn:cdx:1/1#r2"})", ""},
                    Reference{R"({"ref": "r1", "versions": [{"version": "2+b"},
                                  {"version": "3", "status": "affected"}, {"range": "vers:x/*"}]})",
                              "pkg:npm/a@2%2Bb?x=y in pkg:npm/a@3?x=y"},
                    Reference{R"({"ref": "r2", "versions": [{"version": "7"}]})",
                              "pkg:npm/%40s/b@7"}));

TEST(CycloneDxVex, VersionsThatAreUnaffectedAreAStatementOfTheirOwn) {
  EXPECT_EQ(read(R"({"id": "CVE-1", "analysis": {"state": "exploitable"}, "affects": [{"ref": "r1",
                     "versions": [{"version": "2", "status": "unaffected"}, {"version": "1"}]}]})"),
            "affected CVE-1 in pkg:npm/a@1?x=y at 2024-01-01T00:00:00Z by Ada\n"
            "not_affected CVE-1 in pkg:npm/a@2?x=y at 2024-01-01T00:00:00Z by Ada\n");
}

TEST(CycloneDxVex, PartsOfAnImageAreMeantThere) {
  constexpr std::string_view kRoot = R"({"bom-ref": "img", "purl": "pkg:oci/web@sha256%3Aaa"})";
  EXPECT_EQ(read(R"({"id": "CVE-1", "analysis": {"state": "resolved"},
                     "affects": [{"ref": "r2"}, {"ref": "img"}]})",
                 kRoot),
            "fixed CVE-1 in pkg:oci/web@sha256%3Aaa[pkg:npm/%40s/b] in pkg:oci/web@sha256%3Aaa at "
            "2024-01-01T00:00:00Z by Ada\n");
}

TEST(CycloneDxVex, WithoutAnalysisNothingIsSaid) {
  EXPECT_EQ(read(R"({"id": "CVE-1", "affects": [{"ref": "r1"}]})"), "");
}

TEST(CycloneDxVex, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_EQ(read(R"({"id": "A"}, {"id": "A", "analysis": {"state": "resolvd"}})"),
            "bom.json: vulnerabilities[1].analysis.state: unknown 'resolvd'; did you mean "
            "'resolved'?");
  EXPECT_EQ(read(R"({"id": "A", "analysis": {"state": "resolved", "justification": "none"}})"),
            "bom.json: vulnerabilities[0].analysis.justification: unknown 'none'");
  EXPECT_EQ(read(R"({"analysis": {"state": "resolved"}})"),
            "bom.json: vulnerabilities[0].id: there is none");
}

}  // namespace
}  // namespace plimsoll::advisory
