#include <gtest/gtest.h>

#include "advisory/vex_dump.h"
#include "advisory/vex_format.h"

namespace plimsoll::advisory {
namespace {

constexpr std::string_view kHead =
    R"({"@context": "https://openvex.dev/ns/v0.2.0", "author": "Ada",
        "timestamp": "2024-01-01T00:00:00Z", "statements": [)";

/// The statements of a document, or the error's line.
std::string read(std::string_view statements) {
  const auto read = read_vex("a.json", std::string(kHead) + std::string(statements) + "]}");
  return read ? dump(*read) : read.error().to_line();
}

TEST(OpenVex, ReadsComponentsByAllThatTheyAreCalled) {
  EXPECT_EQ(
      read(R"({"vulnerability": {"@id": "https://nvd.nist.gov/vuln/detail/CVE-1", "name": "CVE-1",
                                 "aliases": ["GHSA-1"]},
               "products": [{"@id": "pkg:oci/a", "hashes": {"sha-256": "AB"},
                             "subcomponents": [{"@id": "pkg:npm/b"}, "pkg:npm/c"]},
                            {"@id": "https://x/y", "identifiers": {"purl": "pkg:npm/d",
                                                                   "cpe23": "cpe:2.3:a:b:c"}}],
               "status": "not_affected", "justification": "component_not_present",
               "impact_statement": "i", "timestamp": "2025-01-01T00:00:00Z"})"),
      "not_affected CVE-1 GHSA-1 in pkg:oci/a=sha256:ab[pkg:npm/b][pkg:npm/c] in "
      "https://x/y=pkg:npm/d=cpe:2.3:a:b:c because component_not_present impact i at "
      "2025-01-01T00:00:00Z by Ada\n");
}

TEST(OpenVex, ReadsTheDraftsBeforeIt) {
  const auto statements = read_vex("a.json", R"({"@context": "https://openvex.dev/ns",
      "author": "Ada", "timestamp": "2023-01-01T00:00:00Z", "statements": [
      {"vulnerability": "CVE-1", "products": ["pkg:oci/a", "nginx:1"],
       "subcomponents": ["pkg:npm/b"], "status": "affected", "action_statement": "update"}]})");
  ASSERT_TRUE(statements);
  EXPECT_EQ(dump(*statements),
            "affected CVE-1 in pkg:oci/a[pkg:npm/b] in nginx:1[pkg:npm/b] action update at "
            "2023-01-01T00:00:00Z by Ada\n");
  EXPECT_EQ((*statements)[0].source, "a.json");
}

TEST(OpenVex, AnIdAloneEndsInTheName) {
  EXPECT_EQ(read(R"({"vulnerability": {"@id": "https://x/CVE-9"}, "status": "fixed"})"),
            "fixed CVE-9 at 2024-01-01T00:00:00Z by Ada\n");
}

struct Wrong {
  std::string_view statement;
  std::string_view line;
};

class OpenVexWrong : public testing::TestWithParam<Wrong> {};

TEST_P(OpenVexWrong, IsSaidWithItsPlace) {
  EXPECT_EQ(read(GetParam().statement), GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    All, OpenVexWrong,
    testing::Values(
        Wrong{R"({"vulnerability": "A", "status": "fixd"})",
              "a.json: statements[0].status: unknown 'fixd'; did you mean 'fixed'?"},
        Wrong{R"({"vulnerability": "A", "status": "fixed"}, {"vulnerability": "A"})",
              "a.json: statements[1].status: there is none"},
        Wrong{R"({"status": "fixed"})", "a.json: statements[0].vulnerability: it has no name"},
        Wrong{R"({"vulnerability": "A", "status": "not_affected", "justification":
                  "component_not_presnt"})",
              "a.json: statements[0].justification: unknown 'component_not_presnt'; did you mean "
              "'component_not_present'?"},
        Wrong{"7", "a.json: statements[0].vulnerability: it has no name"}));

TEST(OpenVex, OfNoDocumentIsAnError) {
  EXPECT_EQ(read_vex("a.json", "{}").error().to_line(),
            "a.json: no VEX document: OpenVEX, CycloneDX and CSAF are read");
  EXPECT_EQ(read_vex("a.json", R"({"@context": "https://openvex.dev/ns"})").error().to_line(),
            "a.json: statements: there is no such list");
  EXPECT_EQ(read_vex("a.json", R"({"@context": "https://openvex.dev/ns")").error().code,
            ErrorCode::kInvalid);
}

TEST(OpenVex, PartsTimesProductsAreBounded) {
  std::string text = R"({"@context": "https://openvex.dev/ns", "statements": [
      {"vulnerability": "CVE-1", "status": "fixed", "products": [)";
  for (int i = 0; i < 20'000; ++i) text += i == 0 ? "\"pkg:npm/a\"" : ",\"pkg:npm/a\"";
  text += "], \"subcomponents\": [";
  for (int i = 0; i < 20'000; ++i) text += i == 0 ? "\"pkg:npm/b\"" : ",\"pkg:npm/b\"";
  text += "]}]}";
  const auto statements = read_vex("a.json", text);
  ASSERT_FALSE(statements);
  EXPECT_EQ(statements.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace plimsoll::advisory
