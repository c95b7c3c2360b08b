#include "advisory/vex_statements.h"

#include <gtest/gtest.h>

#include <string>

#include "advisory/openvex_document.h"
#include "advisory/vex_format.h"
#include "advisory/vex_image.h"
#include "advisory/vex_set.h"

namespace plimsoll::advisory {
namespace {

const std::vector<Package> kPackages{
    {.name = "openssl", .version = "3.0.1", .purl = "pkg:deb/debian/openssl@3.0.1?arch=amd64"},
    {.name = "libssl3", .version = "3.0.1", .purl = "pkg:deb/debian/libssl3@3.0.1?arch=amd64"},
    {.name = "example.org/app", .version = "v1.0.0", .purl = "pkg:golang/example.org/app@v1.0.0"}};

const ImageSummary kImage{
    .reference = "registry.example/team/web:1", .digest = "sha256:aa", .platform = "linux/amd64"};

TEST(VexComponent, NamesTheImageAsOthersDo) {
  struct Row {
    const char* reference;
    const char* digest;
    const char* platform;
    const char* purl;
    const char* id;
  };
  constexpr Row kRows[] = {
      {"registry.example:5000/team/web:1", "sha256:aa", "linux/amd64",
       "pkg:oci/web@sha256:aa?arch=amd64&repository_url=registry.example:5000/team/web", ""},
      {"web", "", "", "pkg:oci/web?repository_url=web", ""},
      {"web@sha256:bb", "sha256:bb", "", "pkg:oci/web@sha256:bb?repository_url=web", ""},
      {"out/app.tar", "sha256:aa", "linux/amd64", "", "sha256:aa"},
      {"/srv/root", "", "", "", "/srv/root"},
      {"docker-archive:app.tar", "sha256:aa", "", "", "sha256:aa"},
  };
  for (const Row& row : kRows) {
    const VexComponent component = vex_component_of(
        {.reference = row.reference, .digest = row.digest, .platform = row.platform});
    EXPECT_EQ(component.purl, row.purl) << row.reference;
    EXPECT_EQ(component.id, row.id) << row.reference;
  }
}

TEST(VexStatements, SayWhatAffectsAndWhatToDo) {
  const auto statements =
      vex_statements_of(vex_component_of(kImage), kPackages,
                        {{.id = "CVE-1", .package = 0, .upgrade = "3.0.2"},
                         {.id = "CVE-1", .package = 1, .upgrade = "3.0.2"},
                         {.id = "CVE-2",
                          .aliases = {"GO-2"},
                          .package = 2,
                          .justification = "vulnerable_code_not_present",
                          .why = {"it has no such function"}},
                         {.id = "CVE-3", .package = 2},
                         {.id = "CVE-4",
                          .package = 0,
                          .upgrade = "4",
                          .suppressed = Suppression{"plimsoll.yaml:1:1", "a risk we take", ""}}});
  ASSERT_EQ(statements.size(), 4U);
  EXPECT_EQ(statements[0].status, VexStatus::kAffected);
  EXPECT_EQ(statements[0].action, "upgrade to 3.0.2");
  ASSERT_EQ(statements[0].products.size(), 1U);
  EXPECT_EQ(statements[0].products[0].subcomponents.size(), 2U);
  EXPECT_EQ(statements[1].status, VexStatus::kNotAffected);
  EXPECT_EQ(statements[1].justification, "vulnerable_code_not_present");
  EXPECT_EQ(statements[1].impact, "it has no such function");
  EXPECT_EQ(statements[1].vulnerabilities, (std::vector<std::string>{"CVE-2", "GO-2"}));
  EXPECT_EQ(statements[2].action, "no fix is known");
  EXPECT_EQ(statements[3].action, "upgrade to 4; accepted: a risk we take");
}

TEST(VexStatements, AreReadBack) {
  const std::string text =
      to_openvex({.author = "a",
                  .timestamp = "2026-01-01T00:00:00Z",
                  .statements = vex_statements_of(
                      vex_component_of(kImage), kPackages,
                      {{.id = "CVE-2",
                        .package = 2,
                        .justification = "vulnerable_code_not_in_execute_path"}})});
  auto read = read_vex("out.json", text);
  ASSERT_TRUE(read) << read.error().to_line();
  VexSet set;
  set.add(*std::move(read));
  const VexImage image(
      {.references = {kImage.reference}, .digests = {kImage.digest}, .architecture = "amd64"});
  const VexStatement* statement =
      set.find({.vulnerabilities = {"CVE-2"}, .purl = kPackages[2].purl, .owners = {}}, image);
  ASSERT_NE(statement, nullptr) << text;
  EXPECT_EQ(statement->status, VexStatus::kNotAffected);
  EXPECT_EQ(
      set.find({.vulnerabilities = {"CVE-2"}, .purl = kPackages[0].purl, .owners = {}}, image),
      nullptr);
}

}  // namespace
}  // namespace plimsoll::advisory
