#include <gtest/gtest.h>

#include "advisory/vex_dump.h"
#include "advisory/vex_format.h"

namespace plimsoll::advisory {
namespace {

constexpr std::string_view kHead = R"({
  "document": {"category": "csaf_vex", "csaf_version": "2.0", "publisher": {"name": "Ada"},
               "tracking": {"current_release_date": "2024-01-01T00:00:00Z"}},
  "product_tree": {
    "branches": [{"branches": [
      {"product": {"product_id": "os", "name": "OS 9",
                   "product_identification_helper": {"cpe": "cpe:/o:acme:os:9"}}},
      {"product": {"product_id": "mod", "name": "mod"}},
      {"product": {"product_id": "ssl", "name": "ssl", "product_identification_helper":
                   {"purl": "pkg:rpm/acme/ssl?arch=src"}}}]}],
    "full_product_names": [
      {"product_id": "img", "name": "Web", "product_identification_helper":
        {"purl": "pkg:oci/web", "hashes": [{"file_hashes": [
          {"algorithm": "sha512", "value": "00"}, {"algorithm": "sha256", "value": "AA"}]}]}}],
    "relationships": [
      {"product_reference": "ssl", "relates_to_product_reference": "os",
       "full_product_name": {"product_id": "os:ssl"}},
      {"product_reference": "mod", "relates_to_product_reference": "os",
       "full_product_name": {"product_id": "os:mod"}},
      {"product_reference": "ssl", "relates_to_product_reference": "os:mod",
       "full_product_name": {"product_id": "os:mod:ssl"}},
      {"product_reference": "loop", "relates_to_product_reference": "loop",
       "full_product_name": {"product_id": "loop"}}],
    "product_groups": [{"group_id": "g", "product_ids": ["os:ssl", "img"]}]},
  "vulnerabilities": [)";

std::string read(std::string_view vulnerabilities) {
  const auto read = read_vex("a.json", std::string(kHead) + std::string(vulnerabilities) + "]}");
  return read ? dump(*read) : read.error().to_line();
}

TEST(Csaf, ReadsStatusesWithWhatIsSaidOfTheirProducts) {
  EXPECT_EQ(
      read(R"({"cve": "CVE-1", "ids": [{"text": "123"}, {"text": "GHSA-1"}],
               "product_status": {"known_not_affected": ["os:ssl", "img", "mod"],
                                  "fixed": ["os:ssl"], "recommended": ["mod"]},
               "flags": [{"label": "component_not_present", "group_ids": ["g"]}],
               "threats": [{"category": "impact", "details": "i", "product_ids": ["os:ssl"]},
                           {"category": "exploit_status", "details": "x"}],
               "remediations": [{"details": "update", "product_ids": ["mod"]}]})"),
      "not_affected CVE-1 GHSA-1 in cpe:/o:acme:os:9[pkg:rpm/acme/ssl?arch=src] because "
      "component_not_present impact i at 2024-01-01T00:00:00Z by Ada\n"
      "not_affected CVE-1 GHSA-1 in pkg:oci/web=sha256:aa because component_not_present at "
      "2024-01-01T00:00:00Z by Ada\n"
      "not_affected CVE-1 GHSA-1 in urn:csaf:mod action update at 2024-01-01T00:00:00Z by Ada\n"
      "fixed CVE-1 GHSA-1 in cpe:/o:acme:os:9[pkg:rpm/acme/ssl?arch=src] impact i at "
      "2024-01-01T00:00:00Z by Ada\n");
}

struct Case {
  std::string_view list;
  std::string_view status;
};

class CsafVexStatus : public testing::TestWithParam<Case> {};

TEST_P(CsafVexStatus, OfAList) {
  const std::string text =
      R"({"cve": "CVE-1", "product_status": {")" + std::string(GetParam().list) + R"(": ["img"]}})";
  const std::string status(GetParam().status);
  EXPECT_EQ(read(text), status.empty() ? ""
                                       : status +
                                             " CVE-1 in pkg:oci/web=sha256:aa at "
                                             "2024-01-01T00:00:00Z by Ada\n");
}

INSTANTIATE_TEST_SUITE_P(All, CsafVexStatus,
                         testing::Values(Case{"first_affected", "affected"},
                                         Case{"first_fixed", "fixed"}, Case{"fixed", "fixed"},
                                         Case{"known_affected", "affected"},
                                         Case{"known_not_affected", "not_affected"},
                                         Case{"last_affected", "affected"}, Case{"recommended", ""},
                                         Case{"under_investigation", "under_investigation"},
                                         Case{"unknown", ""}));

TEST(Csaf, APartOfAModuleIsAPartOfItsPlatform) {
  EXPECT_EQ(read(R"({"cve": "CVE-1", "product_status": {"fixed": ["os:mod:ssl"]}})"),
            "fixed CVE-1 in cpe:/o:acme:os:9[pkg:rpm/acme/ssl?arch=src] at 2024-01-01T00:00:00Z "
            "by Ada\n");
}

TEST(Csaf, RelationsThatGoInCirclesLeadNowhere) {
  EXPECT_EQ(read(R"({"cve": "CVE-1", "product_status": {"fixed": ["loop"]}})"),
            "fixed CVE-1 in urn:csaf:[urn:csaf:] at 2024-01-01T00:00:00Z by Ada\n");
}

TEST(Csaf, WithoutANameNothingIsSaid) {
  EXPECT_EQ(read(R"({"product_status": {"fixed": ["img"]}})"), "");
}

TEST(Csaf, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_EQ(read(R"({"cve": "A", "product_status": {"fixed": ["img", "x"]}})"),
            "a.json: vulnerabilities[0].product_status.fixed[1]: no product is called 'x'");
  EXPECT_EQ(read(R"({"cve": "A", "product_status": {"fxed": ["img"]}})"),
            "a.json: vulnerabilities[0].product_status: unknown 'fxed'; did you mean 'fixed'?");
  EXPECT_EQ(read(R"({"cve": "A", "flags": [{"label": "?"}], "product_status": {}})"),
            "a.json: vulnerabilities[0].flags[0].label: unknown '?'");
}

}  // namespace
}  // namespace plimsoll::advisory
