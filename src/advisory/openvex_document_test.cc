#include "advisory/openvex_document.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "advisory/vex_dump.h"
#include "advisory/vex_format.h"

namespace plimsoll::advisory {
namespace {

std::vector<VexStatement> read_again(const VexDocument& document) {
  auto statements = read_vex("out.json", to_openvex(document));
  EXPECT_TRUE(statements) << (statements ? "" : statements.error().to_line());
  return statements ? *std::move(statements) : std::vector<VexStatement>{};
}

VexDocument sample() {
  return {.author = "Ada",
          .timestamp = "2026-01-01T00:00:00Z",
          .statements = {{.vulnerabilities = {"CVE-2", "GHSA-2"},
                          .products = {{.component = {.id = "ghcr.io/a/b:1", .purl = "pkg:oci/b"},
                                        .subcomponents = {{.purl = "pkg:npm/c@1"}}}},
                          .status = VexStatus::kNotAffected,
                          .justification = "component_not_present",
                          .impact = "not \"there\"\n"},
                         {.vulnerabilities = {"CVE-1"},
                          .products = {{.component = {.cpe = "cpe:/a:b:c", .digest = "sha256:aa"}}},
                          .status = VexStatus::kAffected,
                          .action = "update",
                          .timestamp = "2025-01-01T00:00:00Z"}}};
}

TEST(OpenVexDocument, IsOrderedAndKeepsAll) {
  EXPECT_EQ(dump(read_again(sample())),
            "affected CVE-1 in cpe:/a:b:c=sha256:aa action update at 2025-01-01T00:00:00Z by Ada\n"
            "not_affected CVE-2 GHSA-2 in ghcr.io/a/b:1=pkg:oci/b[pkg:npm/c@1] because "
            "component_not_present impact not \"there\"\n at 2026-01-01T00:00:00Z by Ada\n");
}

TEST(OpenVexDocument, HasTheIdOfItsContent) {
  const auto id_of = [](const VexDocument& document) {
    const std::string text = to_openvex(document);
    const std::size_t begin = text.find("/public/vex-");
    return text.substr(begin, text.find('"', begin) - begin);
  };
  VexDocument other = sample();
  EXPECT_EQ(id_of(other), id_of(sample()));
  EXPECT_EQ(id_of(other).size(), std::string_view("/public/vex-").size() + 64);
  other.statements[0].impact = "x";
  EXPECT_NE(id_of(other), id_of(sample()));
}

TEST(OpenVexDocument, BytesThatAreNoTextAreReplaced) {
  VexDocument document = sample();
  document.statements[0].impact = "\xFF";
  EXPECT_EQ(read_again(document)[1].impact, "\xEF\xBF\xBD");
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  std::string one_of(const std::vector<std::string>& words) { return words[below(words.size())]; }

  VexComponent component() {
    VexComponent component{.id = one_of({"", "nginx:1", "sha256:00", "https://x/y"}),
                           .purl = one_of({"", "pkg:npm/a", "pkg:deb/debian/b@1%3A2"}),
                           .cpe = one_of({"", "cpe:/o:x:y:1", "cpe:2.3:a:x:y:1:*:*:*:*:*:*:*"}),
                           .digest = one_of({"", "sha256:0123"})};
    return component;
  }
  VexStatement statement() {
    VexStatement statement;
    for (std::size_t i = below(3) + 1; i > 0; --i) {
      statement.vulnerabilities.push_back("CVE-" + std::to_string(below(4)));
    }
    for (std::size_t i = below(4); i > 0; --i) {
      VexProduct product{.component = component()};
      for (std::size_t j = below(3); j > 0; --j) product.subcomponents.push_back(component());
      statement.products.push_back(std::move(product));
    }
    statement.status = static_cast<VexStatus>(below(4));
    if (below(2) == 0) statement.justification = vex_justifications()[below(5)];
    statement.impact = one_of({"", "ü\t\"\\", "x"});
    statement.action = one_of({"", "update\n"});
    statement.timestamp = one_of({"2024-05-05T05:05:05Z", "2023-01-01"});
    statement.author = "Ada";
    statement.source = "out.json";
    return statement;
  }

 private:
  std::mt19937 engine_;
};

TEST(OpenVexDocument, ReadsBackAsItWasWritten) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Random random(seed);
    VexDocument document{.author = "Ada", .timestamp = "2026-01-01T00:00:00Z"};
    for (std::size_t i = random.below(6); i > 0; --i) {
      document.statements.push_back(random.statement());
    }
    std::vector<VexStatement> wanted = document.statements;
    std::stable_sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) {
      return a.vulnerabilities[0] < b.vulnerabilities[0];
    });
    const auto again = read_again(document);
    EXPECT_EQ(again, wanted) << "seed " << seed << "\n" << dump(again) << "\n" << dump(wanted);
    document.statements = again;
    EXPECT_EQ(to_openvex(document), to_openvex({"Ada", "2026-01-01T00:00:00Z", wanted}));
  }
}

}  // namespace
}  // namespace plimsoll::advisory
