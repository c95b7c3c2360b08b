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

constexpr RuleInfo kRule{.slug = "x", .sources = "https://example.com/"};

/// The actions for one finding of /w/Dockerfile, beside which lies .dockerignore.
class CodeActions : public testing::Test {
 protected:
  CodeActions() {
    report_.rules = {&kRule};
    for (const auto& [path, text] :
         {std::pair{"Dockerfile", "FROM a\n"}, std::pair{".dockerignore", ".git\n"}}) {
      report_.sources.push_back(std::make_unique<SourceFile>(path, text));
    }
  }
  const SourceFile* other() { return report_.sources[1].get(); }
  Json actions(const Finding& fixed, EditAbilities abilities = {}) {
    report_.findings = {fixed};
    report_.findings[0].rule = kRule.slug;
    report_.findings[0].file = report_.sources[0].get();
    report_.findings[0].span = {5, 6};
    const TextIndex index(document_.text, Encoding::kUtf16);
    const Json params{{"range", to_json(Range{{0, 0}, {0, 6}})}};
    const auto id_of = [](std::string_view path) {
      return DocumentId{"file:///w/" + std::string(path), std::nullopt};
    };
    return code_actions({document_, report_, "Dockerfile", index, Encoding::kUtf16, id_of, params,
                         abilities, Date{2026, 1, 1}});
  }

  Document document_{
      .uri = "file:///w/Dockerfile", .path = "/w/Dockerfile", .version = 3, .text = "FROM a\n"};
  Report report_;
};

TEST_F(CodeActions, SaySoWhenAFixIsUnsafe) {
  const Json all = actions(fixed_by({{{5, 6}, "b"}}, FixSafety::kUnsafe));
  EXPECT_EQ(all[0]["title"], "fix (unsafe: may change behaviour)");
  EXPECT_FALSE(all[0].contains("isPreferred"));
  EXPECT_EQ(all[0]["edit"]["changes"]["file:///w/Dockerfile"][0]["newText"], "b");
  for (const Json& action : all) EXPECT_NE(action["kind"], kFixAllKind);
}

TEST_F(CodeActions, ChangeOtherFilesToo) {
  const Finding fixed = fixed_by({{{5, 5}, ".env\n", {}, other()}, {{5, 6}, "b"}});
  const Json plain = actions(fixed)[0]["edit"]["changes"];
  EXPECT_EQ(plain["file:///w/Dockerfile"][0]["newText"], "b");
  EXPECT_EQ(plain["file:///w/.dockerignore"][0]["range"], to_json(Range{{1, 0}, {1, 0}}));
  const Json by_document = actions(fixed, {.document_changes = true})[0]["edit"]["documentChanges"];
  ASSERT_EQ(by_document.size(), 2U);
  EXPECT_EQ(by_document[0]["textDocument"]["version"], 3);
  EXPECT_TRUE(by_document[1]["textDocument"]["version"].is_null());
}

TEST_F(CodeActions, CreateFilesWhereTheClientCan) {
  Finding fixed = fixed_by({});
  fixed.fix->new_files = {{"new", "text\n"}};
  EXPECT_NE(actions(fixed, {.document_changes = true})[0]["title"], "fix");
  const Json changes =
      actions(fixed, {.document_changes = true, .new_files = true})[0]["edit"]["documentChanges"];
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0]["kind"], "create");
  EXPECT_EQ(changes[0]["uri"], "file:///w/new");
  EXPECT_EQ(changes[1]["edits"][0]["newText"], "text\n");
}

}  // namespace
}  // namespace plimsoll::lsp
