#include "image/file_tree.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace plimsoll::image {
namespace {

Entry file(const std::string& path, std::uint64_t size = 1) {
  return {.path = path, .size = size};
}
Entry folder(const std::string& path) {
  return {.path = path, .type = Entry::Type::kFolder};
}
Entry link(const std::string& path, const std::string& target) {
  return {.path = path, .link = target, .type = Entry::Type::kSymbolicLink};
}
Entry hard_link(const std::string& path, const std::string& target) {
  return {.path = path, .link = target, .type = Entry::Type::kHardLink};
}

/// Layers that stay where they are.
class Tree {
 public:
  Tree& add(LayerEntries layer) {
    tree.add(layers_.emplace_back(std::move(layer)));
    return *this;
  }
  /// "path@layer" of each.
  std::string listed() const {
    std::string text;
    tree.for_each([&](const std::string& path, EntryId id) {
      text += path + '@' + std::to_string(id.layer) + ' ';
    });
    return text;
  }
  /// "path by layer;", in order.
  std::string hidden() const {
    std::vector<std::string> lines;
    for (const HiddenFile& each : tree.hidden()) {
      lines.push_back(tree.entry(each.file).path + (each.removed ? " removed" : " replaced") +
                      " by " + std::to_string(each.by) + ';');
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
  }

  FileTree tree;

 private:
  std::deque<LayerEntries> layers_;
};

TEST(FileTree, UpperLayersReplaceAndRemove) {
  Tree tree;
  tree.add({.entries = {folder("a"), file("a/x"), file("a/y"), file("b")}})
      .add({.entries = {folder("a"), file("a/x"), file("c")}, .removed = {"b", "nothing"}});
  EXPECT_EQ(tree.listed(), "a@1 a/x@1 a/y@0 c@1 ");
  EXPECT_EQ(tree.hidden(), "a/x replaced by 1;b removed by 1;");
}

TEST(FileTree, AFileInPlaceOfAFolderTakesAllBelowItAway) {
  Tree tree;
  tree.add({.entries = {file("a/x"), file("a/b/y")}}).add({.entries = {file("a")}});
  EXPECT_EQ(tree.listed(), "a@1 ");
  EXPECT_EQ(tree.hidden(), "a/b/y removed by 1;a/x removed by 1;");
}

TEST(FileTree, MarksAreAboutLowerLayersOnly) {
  Tree tree;
  tree.add({.entries = {file("a/x"), file("b/x")}})
      .add({.entries = {file("a/y"), file("b")}, .removed = {"b"}, .emptied = {"a"}});
  EXPECT_EQ(tree.listed(), "a/y@1 b@1 ");
}

TEST(FileTree, WhatIsRemovedCanComeAgain) {
  Tree tree;
  tree.add({.entries = {file("a"), file("b"), file("c")}}).add({.removed = {"b"}});
  EXPECT_EQ(tree.listed(), "a@0 c@0 ");
  tree.add({.entries = {file("b")}});
  EXPECT_EQ(tree.listed(), "a@0 b@2 c@0 ");
  tree.add({.removed = {"a", "c"}});
  EXPECT_EQ(tree.listed(), "b@2 ");
}

TEST(FileTree, LinksAreFollowedAsInAChroot) {
  Tree tree;
  tree.add({.entries = {link("lib", "usr/lib"), link("up", "../../usr"), link("abs", "/usr/lib/x"),
                        link("loop", "loop"), file("usr/lib/x")}})
      .add({.entries = {file("lib/y")}});
  EXPECT_EQ(tree.tree.real_path("lib/y"), "usr/lib/y");
  EXPECT_EQ(tree.tree.real_path("up/lib/x"), "usr/lib/x");
  EXPECT_EQ(tree.tree.real_path("abs"), "usr/lib/x");
  EXPECT_EQ(tree.tree.real_path("usr/../../lib/x"), "usr/lib/x");
  EXPECT_EQ(tree.tree.real_path("loop"), "");
  EXPECT_EQ(tree.tree.real_path("usr/lib/z"), "");
  EXPECT_EQ(tree.tree.find("usr"), std::nullopt) << "no layer lists the folder";
}

TEST(FileTree, ALinkThatIsReplacedLeavesWhereItLed) {
  Tree tree;
  tree.add({.entries = {link("lib", "usr/lib"), file("usr/lib/x")}})
      .add({.entries = {folder("lib"), file("lib/y")}});
  EXPECT_EQ(tree.listed(), "lib@1 lib/y@1 usr/lib/x@0 ");
}

TEST(FileTree, AHardLinkIsTheSameFile) {
  Tree tree;
  tree.add({.entries = {file("a"), hard_link("b", "./a"), hard_link("c", "nothing")}});
  EXPECT_EQ(tree.tree.find("b"), tree.tree.find("a"));
  EXPECT_EQ(tree.tree.entry(*tree.tree.find("c")).type, Entry::Type::kHardLink);
}

}  // namespace
}  // namespace plimsoll::image
