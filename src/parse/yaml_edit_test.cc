#include "parse/yaml_edit.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/splice.h"
#include "parse/node.h"

namespace plimsoll::yaml {
namespace {

/// What became of a text, or "refused: why".
std::string result(const SourceFile& file, const Edits& edits) {
  if (!edits) return "refused: " + edits.error();
  const auto plain = plain_edits(*edits);
  return plain ? splice(file.text(), *plain) : "refused: the edits contradict each other";
}

class Yaml {
 public:
  explicit Yaml(std::string_view text)
      : file_("x.yaml", std::string(text)), tree_(parse_yaml(file_)) {}
  [[nodiscard]] const SourceFile& file() const { return file_; }
  [[nodiscard]] const Node& root() const { return *tree_->documents.at(0).root; }

 private:
  SourceFile file_;
  std::unique_ptr<Tree> tree_;
};

struct PutCase {
  std::string_view before;
  Path path;
  NewNode value;
  std::string_view after;
};
class YamlPut : public testing::TestWithParam<PutCase> {};
TEST_P(YamlPut, WritesOneValue) {
  const Yaml yaml(GetParam().before);
  EXPECT_EQ(result(yaml.file(), put(yaml.file(), yaml.root(), GetParam().path, GetParam().value)),
            GetParam().after);
}

const NewNode kYes = NewNode::literal("true");
const NewNode kAll = NewNode::list({"ALL"});

INSTANTIATE_TEST_SUITE_P(
    Block, YamlPut,
    testing::Values(
        PutCase{"a: 1\n", {"b"}, kYes, "a: 1\nb: true\n"},
        PutCase{"a: 1", {"b"}, kYes, "a: 1\nb: true"},
        PutCase{"a: 1 # one\r\n", {"b"}, kYes, "a: 1 # one\r\nb: true\r\n"},
        PutCase{"a: 1\n# end\n\n", {"b"}, kYes, "a: 1\nb: true\n# end\n\n"},
        PutCase{"a: 1\n", {"b", "c"}, kYes, "a: 1\nb:\n  c: true\n"},
        PutCase{"a:\n    x: 1\nb: 2\n", {"a", "c"}, kYes, "a:\n    x: 1\n    c: true\nb: 2\n"},
        PutCase{"a:\n    x: 1\n", {"b", "c"}, kYes, "a:\n    x: 1\nb:\n    c: true\n"},
        PutCase{"a:\nb: 1\n", {"a", "c"}, kYes, "a:\n  c: true\nb: 1\n"},
        PutCase{"a: # later\nb: 1\n", {"a"}, kYes, "a: true # later\nb: 1\n"},
        PutCase{"a:\n- x\n", {"b"}, kAll, "a:\n- x\nb:\n- ALL\n"},
        PutCase{"a:\n  - x\n", {"b"}, kAll, "a:\n  - x\nb:\n  - ALL\n"},
        PutCase{"a: false # why\n", {"a"}, kYes, "a: true # why\n"},
        PutCase{"a: 'x'\n", {"a"}, NewNode::of("y"), "a: 'y'\n"},
        PutCase{"a: &x 1\nb: *x\n", {"c"}, kYes, "a: &x 1\nb: *x\nc: true\n"},
        PutCase{"a: |\n  text\n", {"b"}, kYes, "refused: there is no safe place for a new line"},
        PutCase{"b: 1\na: |\n  text\n", {"c"}, kYes, "b: 1\nc: true\na: |\n  text\n"},
        PutCase{"a: \"x\n  y\" # z\n", {"b"}, kYes, "a: \"x\n  y\" # z\nb: true\n"},
        PutCase{"a: 1\n", {"u"}, NewNode::of("1:2"), "a: 1\nu: \"1:2\"\n"}));

INSTANTIATE_TEST_SUITE_P(
    Flow, YamlPut,
    testing::Values(
        PutCase{"{a: 1}\n", {"b"}, kYes, "{a: 1, b: true}\n"},
        PutCase{"{}\n", {"b", "c"}, kAll, "{\"b\": {\"c\": [\"ALL\"]}}\n"},
        PutCase{"x: {}\n", {"x", "c"}, kAll, "x: {c: [ALL]}\n"},
        PutCase{"{\n  \"a\": 1\n}\n", {"b"}, kAll, "{\n  \"a\": 1,\n  \"b\": [\"ALL\"]\n}\n"},
        PutCase{"x: {a: 1,}\n", {"x", "b"}, kYes, "refused: a comma or comment ends it"}));

INSTANTIATE_TEST_SUITE_P(
    Shared, YamlPut,
    testing::Values(PutCase{"a: &x {b: 1}\nc: *x\n",
                            {"a", "d"},
                            kYes,
                            "refused: an anchor gives it to several users"},
                    PutCase{
                        "a: &x {b: 1}\nc: *x\n", {"c", "d"}, kYes, "refused: an alias brings it"},
                    PutCase{"x: &x {b: 1}\nc:\n  <<: *x\n  e: 1\n",
                            {"c", "b"},
                            kYes,
                            "x: &x {b: 1}\nc:\n  <<: *x\n  e: 1\n  b: true\n"}));

struct AppendCase {
  std::string_view before;
  Path path;
  std::string_view after;
};
class YamlAppend : public testing::TestWithParam<AppendCase> {};
TEST_P(YamlAppend, AddsOneItem) {
  const Yaml yaml(GetParam().before);
  const Edits edits = append(yaml.file(), yaml.root(), GetParam().path, NewNode::of("new"));
  EXPECT_EQ(result(yaml.file(), edits), GetParam().after);
}
INSTANTIATE_TEST_SUITE_P(
    All, YamlAppend,
    testing::Values(
        AppendCase{"a:\n  - x # one\nb: 1\n", {"a"}, "a:\n  - x # one\n  - new\nb: 1\n"},
        AppendCase{"a:\n- x: 1\n  y: 2\n", {"a"}, "a:\n- x: 1\n  y: 2\n- new\n"},
        AppendCase{"a: [x]\n", {"a"}, "a: [x, new]\n"}, AppendCase{"a: []\n", {"a"}, "a: [new]\n"},
        AppendCase{"a: 1\n", {"b", "c"}, "a: 1\nb:\n  c:\n    - new\n"},
        AppendCase{"a:\n", {"a"}, "a:\n  - new\n"},
        AppendCase{"a: 1\n", {"a"}, "refused: 'a' is no list"}));

struct RemoveCase {
  std::string_view before;
  std::string_view after;
};
class YamlRemove : public testing::TestWithParam<RemoveCase> {};
TEST_P(YamlRemove, TakesOneEntryOut) {
  const Yaml yaml(GetParam().before);
  EXPECT_EQ(result(yaml.file(), remove(yaml.file(), yaml.root(), "a")), GetParam().after);
}
INSTANTIATE_TEST_SUITE_P(
    All, YamlRemove,
    testing::Values(RemoveCase{"a: 1\nb: 2\n", "b: 2\n"},
                    RemoveCase{"b: 2\na:\n  - 1\n  - 2 # x\nc: 3\n", "b: 2\nc: 3\n"},
                    RemoveCase{"b: 2\na: 1", "b: 2"}, RemoveCase{"{b: 1, a: 2}", "{b: 1}"},
                    RemoveCase{"{a: 2, b: 1}", "{b: 1}"},
                    RemoveCase{"b: 2\na:\n  # why\n  - 1\n", "refused: a comment stands within"},
                    RemoveCase{"a: 1\n", "refused: it is the only entry"},
                    RemoveCase{"a: 1\na: 2\n", "refused: the key is repeated"}));

TEST(YamlRemoveItem, TakesItsLineOrTheWholeKey) {
  const Yaml two("k:\n  - x\n  - y # why\nb: 1\n");
  EXPECT_EQ(result(two.file(), remove_item(two.file(), two.root(), "k", 1)), "k:\n  - x\nb: 1\n");
  const Yaml one("k: [x]\nb: 1\n");
  EXPECT_EQ(result(one.file(), remove_item(one.file(), one.root(), "k", 0)), "b: 1\n");
  const Yaml flow("k: [x, y, z]\n");
  EXPECT_EQ(result(flow.file(), remove_item(flow.file(), flow.root(), "k", 1)), "k: [x, z]\n");
}

TEST(YamlEdits, OfOneParentAreWrittenTogether) {
  const Yaml yaml("a: 1\n");
  Splicer splicer;
  EXPECT_TRUE(splicer.take(*put(yaml.file(), yaml.root(), {"s", "x"}, kYes)));
  EXPECT_TRUE(splicer.take(*put(yaml.file(), yaml.root(), {"t"}, kYes)));
  EXPECT_TRUE(splicer.take(*put(yaml.file(), yaml.root(), {"s", "c", "drop"}, kAll)));
  EXPECT_TRUE(splicer.take(*put(yaml.file(), yaml.root(), {"s", "c", "drop"}, kAll)));
  EXPECT_FALSE(splicer.take(*put(yaml.file(), yaml.root(), {"s", "x"}, NewNode::literal("false"))));
  EXPECT_FALSE(splicer.take(*put(yaml.file(), yaml.root(), {"s"}, kYes)));
  EXPECT_EQ(splice(yaml.file().text(), splicer.plain()),
            "a: 1\ns:\n  x: true\n  c:\n    drop:\n      - ALL\nt: true\n");
}

}  // namespace
}  // namespace plimsoll::yaml
