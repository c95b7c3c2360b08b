#include "lsp/code_action.h"

#include <gtest/gtest.h>

namespace plimsoll::lsp {
namespace {

Finding fixed_by(std::vector<Edit> edits, FixSafety safety = FixSafety::kSafe) {
  Finding finding;
  finding.fix = Fix{"fix", std::move(edits), safety};
  return finding;
}

std::string all(const std::vector<Finding>& findings) {
  std::vector<const Finding*> pointers;
  for (const Finding& finding : findings) pointers.push_back(&finding);
  std::string text;
  for (const Edit& edit : edits_of_all_safe_fixes(pointers)) {
    text += std::to_string(edit.span.begin) + '-' + std::to_string(edit.span.end) + edit.text + ' ';
  }
  return text;
}

TEST(FixAll, TakesEverySafeFixInTheOrderOfTheText) {
  EXPECT_EQ(all({fixed_by({{{8, 9}, "c"}}), fixed_by({{{0, 2}, "a"}, {{4, 4}, "b"}})}),
            "0-2a 4-4b 8-9c ");
}

TEST(FixAll, LeavesUnsafeOnesAndFindingsWithoutFix) {
  EXPECT_EQ(
      all({fixed_by({{{0, 1}, "a"}}, FixSafety::kUnsafe), Finding(), fixed_by({{{2, 3}, "b"}})}),
      "2-3b ");
}

TEST(FixAll, OfFixesThatTouchOnlyTheFirstIsWhole) {
  EXPECT_EQ(all({fixed_by({{{4, 8}, "a"}}), fixed_by({{{0, 1}, "b"}, {{7, 9}, "c"}})}), "4-8a ");
  EXPECT_EQ(all({fixed_by({{{4, 8}, "a"}}), fixed_by({{{6, 6}, "b"}})}), "4-8a ");
  EXPECT_EQ(all({fixed_by({{{4, 8}, "a"}}), fixed_by({{{8, 9}, "b"}})}), "4-8a 8-9b ");
}

TEST(FixAll, InsertionsAtOnePlaceAreOneEdit) {
  EXPECT_EQ(all({fixed_by({{{4, 4}, "a"}}), fixed_by({{{4, 4}, "b"}})}), "4-4ab ");
}

TEST(CodeActions, SaySoWhenAFixIsUnsafe) {
  constexpr RuleInfo kRule{.slug = "x", .sources = "https://example.com/"};
  Document document{.uri = "file:///w/Dockerfile", .path = "/w/Dockerfile", .text = "FROM a\n"};
  Report report;
  report.rules = {&kRule};
  report.sources.push_back(std::make_unique<SourceFile>("Dockerfile", document.text));
  report.findings.push_back(fixed_by({{{5, 6}, "b"}}, FixSafety::kUnsafe));
  report.findings[0].rule = kRule.slug;
  report.findings[0].file = report.sources[0].get();
  report.findings[0].span = {5, 6};
  const TextIndex index(document.text, Encoding::kUtf16);
  const Json params{{"range", to_json(Range{{0, 0}, {0, 6}})}};
  const Json actions =
      code_actions({document, report, "Dockerfile", index, params, {}, Date{2026, 1, 1}});
  EXPECT_EQ(actions[0]["title"], "fix (unsafe: may change behaviour)");
  EXPECT_FALSE(actions[0].contains("isPreferred"));
  EXPECT_EQ(actions[0]["edit"]["changes"]["file:///w/Dockerfile"][0]["newText"], "b");
  for (const Json& action : actions) EXPECT_NE(action["kind"], kFixAllKind);
}

}  // namespace
}  // namespace plimsoll::lsp
