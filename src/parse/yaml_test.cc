#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parse/node.h"
#include "parse/tree_invariants.h"

namespace plimsoll {
namespace {

/// Everything about a text in a few lines.
class Parsed {
 public:
  explicit Parsed(std::string text)
      : source_("x.yaml", std::move(text)), tree_(parse_yaml(source_)) {
    check_tree(*tree_);
  }
  [[nodiscard]] const Tree& tree() const { return *tree_; }
  [[nodiscard]] const Node& root() const { return *tree_->documents.at(0).root; }
  [[nodiscard]] std::string_view slice(const Node* node) const {
    return node == nullptr ? "(absent)" : source_.slice(node->span);
  }
  [[nodiscard]] std::string_view slice(Span span) const { return source_.slice(span); }
  [[nodiscard]] std::string all() const {
    std::string out;
    for (const Document& document : tree_->documents) {
      if (!out.empty()) out += " | ";
      out += dump(*document.root);
    }
    for (const TreeProblem& problem : tree_->problems) {
      const Position at = source_.position(problem.span.begin);
      out += out.empty() ? "" : " ";
      out +=
          "!" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + problem.message;
    }
    return out;
  }

 private:
  SourceFile source_;
  std::unique_ptr<Tree> tree_;
};

struct DumpCase {
  std::string_view text;
  std::string_view want;
};
class YamlDumpTest : public testing::TestWithParam<DumpCase> {};
TEST_P(YamlDumpTest, ReadsTheValue) {
  EXPECT_EQ(Parsed(std::string(GetParam().text)).all(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Collections, YamlDumpTest,
                         testing::Values(DumpCase{"a: 1\nb:\n- x\n- y\n", "{a: 1, b: [x, y]}"},
                                         DumpCase{"- - a\n  - b\n-\n  c: d\n", "[[a, b], {c: d}]"},
                                         DumpCase{"{a: [1, {b: c}], \"d\": , e}",
                                                  "{a: [1, {b: c}], \"d\": null, e: null}"},
                                         DumpCase{"[a: b, ? c : d, : e]",
                                                  "[{a: b}, {c: d}, {null: e}]"},
                                         DumpCase{"? a\n? b\n: c\n", "{a: null, b: c}"},
                                         DumpCase{"a: [\n  b,\n]\n", "{a: [b]}"}));

INSTANTIATE_TEST_SUITE_P(Scalars, YamlDumpTest,
                         testing::Values(DumpCase{"a:\nb: ~\nc: null\nd: 'null'\n",
                                                  "{a: null, b: null, c: null, d: \"null\"}"},
                                         DumpCase{"!!str", "!!str "},
                                         DumpCase{"!reset null", "!reset null"},
                                         DumpCase{"- !!str null\n- ! ~\n", "[!!str null, ! ~]"},
                                         DumpCase{"a b\n c\n\n d", "\"a b c\\nd\""},
                                         DumpCase{"'it''s'", "\"it's\""},
                                         DumpCase{R"("\x41\u00e9\U0001F433\"\\\/\e")",
                                                  "\"A\xC3\xA9\xF0\x9F\x90\xB3\\\"\\\\/\\x1b\""},
                                         DumpCase{"\"a \\\n  b\n\n  c  \n d\"", "\"a b\\nc d\""}));

INSTANTIATE_TEST_SUITE_P(
    Blocks, YamlDumpTest,
    testing::Values(
        DumpCase{"a: |\n  x\n   y\n\n  z\n", "{a: \"x\\n y\\n\\nz\\n\"}"},
        DumpCase{"a: |-\n  x\n\n", "{a: \"x\"}"}, DumpCase{"a: |+\n  x\n\n", "{a: \"x\\n\\n\"}"},
        DumpCase{"a: >\n  x\n  y\n\n  z\n   more\n  w\n", "{a: \"x y\\nz\\n more\\nw\\n\"}"},
        DumpCase{"a: |2\n    x\n", "{a: \"  x\\n\"}"}, DumpCase{"- |1\n  x\n", "[\" x\\n\"]"},
        DumpCase{"\xEF\xBB\xBF? : |\n: |\n x\n", "{?: \"x\\n\"}"},
        DumpCase{"a: |\nb: 1\n", "{a: \"\", b: 1}"},
        DumpCase{"a: |+\n\n\nb: 1\n", "{a: \"\\n\\n\", b: 1}"},
        DumpCase{"a: |\n  x", "{a: \"x\"}"},  // no line end: nothing to keep
        DumpCase{"|\n a\n---\nb", "\"a\\n\" | b"},
        DumpCase{"a: |\r\n  x\r\n  y\r\n", "{a: \"x\\ny\\n\"}"}));

INSTANTIATE_TEST_SUITE_P(Documents, YamlDumpTest,
                         testing::Values(DumpCase{"", ""}, DumpCase{"# only\n\n# comments\n", ""},
                                         DumpCase{"---\n", "null"},
                                         DumpCase{"---\na\n---\n---\nb\n", "a | null | b"},
                                         DumpCase{"a\n...\n# c\n...\nb\n", "a | b"},
                                         DumpCase{"%YAML 1.2\n%TAG !e! x\n--- !e!t a\n", "!e!t a"},
                                         DumpCase{"\xEF\xBB\xBF"
                                                  "a: 1\n",
                                                  "{a: 1}"},
                                         DumpCase{"a: 1\r\nb:\r\n  - c\r\n", "{a: 1, b: [c]}"}));

INSTANTIATE_TEST_SUITE_P(
    Merges, YamlDumpTest,
    testing::Values(DumpCase{"x: &x {a: 1, b: 2}\ny:\n  b: own\n  <<: *x\n",
                             "{x: {a: 1, b: 2}, y: {b: own, a: 1}}"},
                    DumpCase{"- &a {k: 1}\n- &b {k: 2, l: 3}\n- {<<: [*a, *b]}\n",
                             "[{k: 1}, {k: 2, l: 3}, {k: 1, l: 3}]"},
                    DumpCase{"- &a {k: 1}\n- &b {<<: *a, l: 2}\n- {<<: *b}\n",
                             "[{k: 1}, {l: 2, k: 1}, {l: 2, k: 1}]"},
                    DumpCase{"{<<: {a: 1, a: 2}, b: 3}", "{b: 3, a: 2}"},
                    DumpCase{"{'<<': 1}", "{\"<<\": 1}"},
                    DumpCase{"a: {<<: 1}", "!1:5 '<<' takes a mapping or a list of mappings"},
                    DumpCase{"a: {<<: [b]}", "!1:5 '<<' takes a mapping or a list of mappings"}));

INSTANTIATE_TEST_SUITE_P(
    Broken, YamlDumpTest,
    testing::Values(DumpCase{"a: *x\n", "!1:4 alias '*x' has no anchor before it"},
                    DumpCase{"a: &x [*x]\n", "!1:8 alias '*x' is inside its own anchor"},
                    DumpCase{"&a x\n---\n*a\n", "x !3:1 alias '*a' has no anchor before it"},
                    DumpCase{"a:\n\tb: 1\n", "!2:1 tab character may not be used as indentation"},
                    DumpCase{"a: {{ .Values.b }}\n",
                             "!1:4 '{{' begins a template, which is not YAML"},
                    DumpCase{"a: caf\xE9\n", "!1:7 not UTF-8"},
                    DumpCase{std::string_view("a: \0\n", 5),
                             "!1:4 control character U+0000 is not allowed in YAML"},
                    DumpCase{"a: \x7F", "!1:4 control character U+007F is not allowed in YAML"},
                    // libfyaml would free memory twice on these two.
                    DumpCase{"? a: \t- b\n", "!1:6 a tab cannot indent what follows a ':'"},
                    DumpCase{"? a: \t|\n", "!1:6 a tab cannot indent what follows a ':'"},
                    DumpCase{"a: 1\n%b: 2\n", "!2:1 expected '---' or the end of the file"},
                    DumpCase{"a: [1\n", "!2:1 flow sequence without a closing bracket"}));

INSTANTIATE_TEST_SUITE_P(
    Recovery, YamlDumpTest,
    testing::Values(DumpCase{"a: 1\n---\n@bad\n---\nb: 2\n",
                             "{a: 1} | {b: 2} !3:1 plain scalar cannot start with '@'"},
                    DumpCase{"x: [1\n---\nb: 2\n", "{b: 2} !2:1 missing comma in flow sequence"},
                    DumpCase{"a: 1\n---\nb: *no\n---\nc: 3\n",
                             "{a: 1} | {c: 3} !3:4 alias '*no' has no anchor before it"},
                    DumpCase{"k: v\n]\n---\nb: 2\n",
                             "{b: 2} !2:1 flow sequence with invalid extra closing bracket"},
                    DumpCase{"--- |\n text --- more\n--- x\n", "\"text --- more\\n\" | x"}));

TEST(YamlSpans, ScalarsWithTheirQuotes) {
  const Parsed p("a: plain  # c\nb: 'single'\nc: \"dou\\\"ble\"\n'd': ''\n");
  EXPECT_EQ(p.slice(p.root().find("a")), "plain");
  EXPECT_EQ(p.slice(p.root().find("b")), "'single'");
  EXPECT_EQ(p.slice(p.root().find("c")), "\"dou\\\"ble\"");
  EXPECT_EQ(p.slice(p.root().find("d")), "''");
  EXPECT_EQ(p.slice(p.root().find_entry("d")->key), "'d'");
}

TEST(YamlSpans, BlockScalarsFromIndicatorToLastContentByte) {
  const Parsed p("a: |-  # why\n  x\n   y\n\n# after\nb: >+\n\nc: |\n  é\n");
  EXPECT_EQ(p.slice(p.root().find("a")), "|-  # why\n  x\n   y");
  EXPECT_EQ(p.slice(p.root().find("b")), ">+");
  EXPECT_EQ(p.slice(p.root().find("c")), "|\n  é");
}

TEST(YamlSpans, BlockCollectionsFromFirstToLastByte) {
  const Parsed p("a:  # c\n  b: 1\n  c:\n  - x\n  - y: z\n\n# end\nd:\n");
  EXPECT_EQ(p.slice(p.root().find("a")), "b: 1\n  c:\n  - x\n  - y: z");
  EXPECT_EQ(p.slice(p.root().at({"a", "c"})), "- x\n  - y: z");
  EXPECT_EQ(p.slice(p.root().at({"a", "c"})->items[1]), "y: z");
  EXPECT_EQ(p.slice(&p.root()).size(),
            std::string_view("a:  # c\n  b: 1\n  c:\n  - x\n  - y: z\n\n# end\nd:").size());
}

TEST(YamlSpans, FlowCollectionsWithBrackets) {
  const Parsed p("a: [x, {y: z} ] # c\nb: [k: v, ? q : r]\n");
  EXPECT_EQ(p.slice(p.root().find("a")), "[x, {y: z} ]");
  EXPECT_EQ(p.slice(p.root().find("a")->items[1]), "{y: z}");
  EXPECT_EQ(p.slice(p.root().find("b")->items[0]), "k: v");
  EXPECT_EQ(p.slice(p.root().find("b")->items[1]), "? q : r");
}

TEST(YamlSpans, AnchorsAndTagsAreOutside) {
  const Parsed p("a: &x !t\n  b: 1\nc: !u &y v\n? &z k\n: 1\n");
  const Node* const a = p.root().find("a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(p.slice(a), "b: 1");
  EXPECT_EQ(a->anchor, "x");
  EXPECT_EQ(a->tag, "!t");
  EXPECT_EQ(p.slice(p.root().find("c")), "v");
  EXPECT_EQ(p.root().find("c")->anchor, "y");
  EXPECT_EQ(p.slice(p.root().find_entry("k")->key), "k");
}

TEST(YamlSpans, EmptyValuesStandWhereOneWouldWrite) {
  const Parsed p("a:   # c\nb: &n\nc:\n  -\n  - \n{x}: y");
  EXPECT_EQ(p.root().find("a")->span, (Span{2, 2}));
  EXPECT_EQ(p.root().find("b")->span, (Span{14, 14}));
  EXPECT_EQ(p.root().find("c")->items[0]->span, (Span{21, 21}));
  EXPECT_EQ(p.root().find("c")->items[1]->span, (Span{25, 25}));
}

TEST(YamlSpans, DocumentsWithoutTheirMarkers) {
  const Parsed p("# head\na: 1\n---  # x\nb: 2\n...\n--- c\n");
  ASSERT_EQ(p.tree().documents.size(), 3U);
  EXPECT_EQ(p.slice(p.tree().documents[0].span), "# head\na: 1\n");
  EXPECT_EQ(p.slice(p.tree().documents[1].span), "b: 2\n");
  EXPECT_EQ(p.slice(p.tree().documents[2].span), "c\n");
}

TEST(YamlComments, OnlyRealOnes) {
  const Parsed p(
      "# one\na: b#no # two\nc: '# no' # three\nd: |  # four\n  # no\n # five\n"
      "e: [x, # six\n  y]\n# seven");
  std::vector<std::string_view> found;
  for (const TreeComment& comment : p.tree().comments) found.push_back(p.slice(comment.span));
  EXPECT_EQ(found, (std::vector<std::string_view>{"# one", "# two", "# three", "# four", "# five",
                                                  "# six", "# seven"}))
      << p.all();
}

TEST(YamlComments, AroundDocumentsAndDirectives) {
  const Parsed p("%FOO a#b\n# one\n--- # two\na\n# three\n...\n# four\n---\nb\n# five");
  EXPECT_EQ(p.tree().comments.size(), 5U) << p.all();
}

TEST(YamlAliases, AreTheSameNodeAndMarkItShared) {
  const Parsed p("a: &x [1]\nb: *x\nc: [2]\n");
  EXPECT_EQ(p.root().find("a"), p.root().find("b"));
  EXPECT_TRUE(p.root().find("a")->shared);
  EXPECT_FALSE(p.root().find("c")->shared);
}

TEST(YamlAliases, LastAnchorOfTheNameCounts) {
  EXPECT_EQ(Parsed("- &a 1\n- *a\n- &a 2\n- *a\n").all(), "[1, 1, 2, 2]");
}

TEST(YamlMerges, EntriesAreMarkedAndTheKeyIsGone) {
  const Parsed p("x: &x {a: 1}\ny: {<<: *x, b: 2}\n");
  const Node* const y = p.root().find("y");
  ASSERT_EQ(y->entries.size(), 2U);
  EXPECT_FALSE(y->entries[0].merged);
  EXPECT_TRUE(y->entries[1].merged);
  EXPECT_EQ(y->find("a"), p.root().at({"x", "a"}));
}

TEST(YamlDuplicates, AreRecordedAndTheLastWins) {
  const Parsed p("a: 1\nb: 2\n\"a\": 3\n");
  ASSERT_EQ(p.tree().duplicates.size(), 1U);
  EXPECT_EQ(p.tree().duplicates[0].key, "a");
  EXPECT_EQ(p.slice(p.tree().duplicates[0].first), "a");
  EXPECT_EQ(p.slice(p.tree().duplicates[0].second), "\"a\"");
  EXPECT_EQ(p.root().find("a")->text, "3");
  EXPECT_TRUE(p.root().entries[2].duplicate);
}

TEST(YamlDuplicates, AreFoundInLargeMappingsToo) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "key" + std::to_string(i) + ": x\n";
  const Parsed p(text + "key7: y\nkey7: z\n");
  ASSERT_EQ(p.tree().duplicates.size(), 2U);
  EXPECT_EQ(p.tree().duplicates[0].first, p.tree().duplicates[1].first);
  EXPECT_EQ(p.root().find("key7")->text, "z");
}

TEST(YamlDuplicates, OfABrokenDocumentAreForgotten) {
  const Parsed p("a: 1\na: 2\nb: *no\n# c\n");
  EXPECT_TRUE(p.tree().duplicates.empty());
  EXPECT_TRUE(p.tree().documents.empty());
  EXPECT_TRUE(p.tree().nodes.empty());
}

}  // namespace
}  // namespace plimsoll
