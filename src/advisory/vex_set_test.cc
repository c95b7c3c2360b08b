#include "advisory/vex_set.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

VexStatement about(std::string id, std::vector<VexProduct> products, std::string impact,
                   std::string timestamp = {}) {
  return {.vulnerabilities = {std::move(id), "GHSA-1"},
          .products = std::move(products),
          .status = VexStatus::kNotAffected,
          .impact = std::move(impact),
          .timestamp = std::move(timestamp)};
}

VexProduct package(std::string purl) {
  return {.component = {.purl = std::move(purl)}};
}
VexProduct part_of(VexComponent product, std::string purl) {
  return {.component = std::move(product), .subcomponents = {{.purl = std::move(purl)}}};
}

/// The impact of the statement that is found; "-" for none.
std::string found(const VexSet& set, const VexQuestion& question) {
  const VexImage image({.references = {"ghcr.io/acme/web:1"},
                        .digests = {"sha256:aa"},
                        .cpes = {"cpe:/o:redhat:enterprise_linux:9"}});
  const VexStatement* statement = set.find(question, image);
  return statement == nullptr ? "-" : statement->impact;
}
std::string found(std::vector<VexStatement> statements, const VexQuestion& question) {
  VexSet set;
  set.add(std::move(statements));
  return found(set, question);
}

struct Case {
  std::string_view name;
  VexProduct product;
  VexQuestion question;
  bool holds;
};

class VexSetHolds : public testing::TestWithParam<Case> {};

TEST_P(VexSetHolds, WhereProductAndPackageAre) {
  const Case& each = GetParam();
  EXPECT_EQ(found({about("CVE-1", {each.product}, "said")}, each.question),
            each.holds ? "said" : "-");
}

INSTANTIATE_TEST_SUITE_P(
    All, VexSetHolds,
    testing::Values(
        Case{"Package", package("pkg:npm/a"), {{"CVE-1"}, "pkg:npm/a@1"}, true},
        Case{"OtherPackage", package("pkg:npm/a"), {{"CVE-1"}, "pkg:npm/b@1"}, false},
        Case{"OtherVulnerability", package("pkg:npm/a"), {{"CVE-2"}, "pkg:npm/a@1"}, false},
        Case{"AliasOfStatement", package("pkg:npm/a"), {{"GHSA-1"}, "pkg:npm/a@1"}, true},
        Case{"AliasOfQuestion", package("pkg:npm/a"), {{"X", "CVE-1"}, "pkg:npm/a@1"}, true},
        Case{"CaseOfId", package("pkg:npm/a"), {{"cve-1"}, "pkg:npm/a@1"}, true},
        Case{"Image", {.component = {.id = "ghcr.io/acme/web"}}, {{"CVE-1"}, "pkg:npm/a@1"}, true},
        Case{"ImageByPurl", package("pkg:oci/web"), {{"CVE-1"}, "pkg:npm/a@1"}, true},
        Case{"OtherImage", package("pkg:oci/db"), {{"CVE-1"}, "pkg:npm/a@1"}, false},
        Case{"PartOfImage",
             part_of({.purl = "pkg:oci/web"}, "pkg:npm/a"),
             {{"CVE-1"}, "pkg:npm/a@1"},
             true},
        Case{"OtherPartOfImage",
             part_of({.purl = "pkg:oci/web"}, "pkg:npm/b"),
             {{"CVE-1"}, "pkg:npm/a@1"},
             false},
        Case{"PartOfOtherImage",
             part_of({.purl = "pkg:oci/db"}, "pkg:npm/a"),
             {{"CVE-1"}, "pkg:npm/a@1"},
             false},
        Case{"PartOfOwner",
             part_of({.purl = "pkg:golang/acme.io/web"}, "pkg:golang/x/y"),
             {{"CVE-1"}, "pkg:golang/x/y@v1", {"pkg:golang/acme.io/web@v2"}},
             true},
        Case{"PartOfNoOwner",
             part_of({.purl = "pkg:golang/acme.io/web"}, "pkg:golang/x/y"),
             {{"CVE-1"}, "pkg:golang/x/y@v1"},
             false},
        Case{"Owner",
             package("pkg:golang/acme.io/web"),
             {{"CVE-1"}, "pkg:golang/x/y@v1", {"pkg:golang/acme.io/web@v2"}},
             true},
        Case{"ItselfWithParts",
             part_of({.purl = "pkg:npm/a"}, "pkg:npm/b"),
             {{"CVE-1"}, "pkg:npm/a@1"},
             false},
        Case{"PartOfDistribution",
             part_of({.cpe = "cpe:/o:redhat:enterprise_linux:9"}, "pkg:rpm/redhat/a?arch=src"),
             {{"CVE-1"}, "pkg:rpm/a-libs@1-1?arch=x86_64&distro=rhel-9&upstream=a-1-1.src.rpm"},
             true},
        Case{"PartOfOtherDistribution",
             part_of({.cpe = "cpe:/o:redhat:enterprise_linux:8"}, "pkg:rpm/redhat/a?arch=src"),
             {{"CVE-1"}, "pkg:rpm/a-libs@1-1?arch=x86_64&distro=rhel-9&upstream=a-1-1.src.rpm"},
             false},
        Case{"Distribution",
             {.component = {.cpe = "cpe:/o:redhat:enterprise_linux:9"}},
             {{"CVE-1"}, "pkg:npm/a@1"},
             false},
        Case{"BinaryIsNotItsSource",
             package("pkg:deb/debian/glibc"),
             {{"CVE-1"}, "pkg:deb/debian/libc6@2?upstream=glibc"},
             false},
        Case{"Source",
             package("pkg:deb/debian/glibc@2?arch=source"),
             {{"CVE-1"}, "pkg:deb/debian/libc6@2?arch=amd64&upstream=glibc"},
             true},
        Case{"NothingKnown", package("pkg:npm/a"), {}, false}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(VexSet, NewestTimestampWins) {
  const VexQuestion question{{"CVE-1"}, "pkg:npm/a@1"};
  const auto newer = about("CVE-1", {package("pkg:npm/a")}, "newer", "2024-01-02T00:00:00+02:00");
  const auto older = about("CVE-1", {package("pkg:npm/a")}, "older", "2024-01-01T21:59:59Z");
  EXPECT_EQ(found({newer, older}, question), "newer");
  EXPECT_EQ(found({older, newer}, question), "newer");
}

TEST(VexSet, OfTheSameTimeTheLastWins) {
  const VexQuestion question{{"CVE-1"}, "pkg:npm/a@1"};
  EXPECT_EQ(found({about("CVE-1", {package("pkg:npm/a")}, "first"),
                   about("CVE-1", {package("pkg:npm/a@1")}, "second")},
                  question),
            "second");
}

TEST(VexSet, ANewerStatementAboutSomethingElseIsNone) {
  const VexQuestion question{{"CVE-1"}, "pkg:npm/a@1"};
  EXPECT_EQ(found({about("CVE-1", {package("pkg:npm/a@1")}, "mine", "2024-01-01T00:00:00Z"),
                   about("CVE-1", {package("pkg:npm/a@2")}, "other", "2025-01-01T00:00:00Z")},
                  question),
            "mine");
}

TEST(VexSet, StatementsOfSeveralDocumentsAreOneSet) {
  VexSet set;
  set.add({about("CVE-1", {package("pkg:npm/a")}, "one", "2025-01-01T00:00:00Z")});
  set.add({about("CVE-1", {package("pkg:npm/a")}, "two", "2024-01-01T00:00:00Z")});
  EXPECT_EQ(found(set, {{"CVE-1"}, "pkg:npm/a@1"}), "one");
}

struct Instants {
  std::string_view earlier;
  std::string_view later;
};

class InstantOf : public testing::TestWithParam<Instants> {};

TEST_P(InstantOf, SortsAsTimesDo) {
  EXPECT_LT(instant_of(GetParam().earlier), instant_of(GetParam().later));
}

INSTANTIATE_TEST_SUITE_P(
    All, InstantOf,
    testing::Values(Instants{"", "1970-01-01T00:00:00Z"}, Instants{"soon", "1970-01-01"},
                    Instants{"2024-01-01", "2024-01-01T00:00:01Z"},
                    Instants{"2024-01-01T00:00:00Z", "2024-01-01T00:00:00.1Z"},
                    Instants{"2024-01-01T00:00:00.09Z", "2024-01-01T00:00:00.1Z"},
                    Instants{"2024-01-01T00:00:00.999Z", "2024-01-01T00:00:01Z"},
                    Instants{"2024-01-01T01:00:00+02:00", "2024-01-01T00:00:00Z"}));

TEST(InstantOf, ZerosOfAFractionMeanNothing) {
  EXPECT_EQ(instant_of("2024-01-01T00:00:00.100Z"), instant_of("2024-01-01T00:00:00.1Z"));
  EXPECT_EQ(instant_of("2024-01-01T00:00:00.000Z"), instant_of("2024-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace plimsoll::advisory
