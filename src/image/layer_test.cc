#include "image/layer.h"

#include <gtest/gtest.h>

#include <string>

#include "image/sample_tar.h"
#include "image/sha256.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

LayerContent read(const std::string& tar, const LayerLimits& limits = {}) {
  return read_layer(
      memory_stream(tar), [](std::string_view path) { return path.ends_with("keep"); }, limits);
}

using Paths = std::vector<std::string>;

TEST(Layer, KeepsWhatIsWantedAndCountsAll) {
  const std::string tar = file("./a//keep", "one") + file("b", "22") + header("d/", '5', 0) +
                          header("l/keep", '2', 0, "a") + sample_tar::end();
  const LayerContent content = read(tar);
  ASSERT_EQ(content.kept.size(), 1U);
  EXPECT_EQ(content.kept[0].path, "a/keep");
  EXPECT_EQ(content.kept[0].bytes, "one");
  EXPECT_EQ(content.files, 4U);
  EXPECT_EQ(content.bytes, 5U);
  EXPECT_EQ(content.diff_id, sha256_of(tar));
  EXPECT_EQ(content.replaced, (Paths{"a/keep", "b", "l/keep"}));
  EXPECT_TRUE(content.problems.empty());
}

TEST(Layer, WhatIsBehindTheEndBelongsToTheDigest) {
  const std::string tar = file("a", "1") + sample_tar::end() + std::string(9000, '\0') + "x";
  EXPECT_EQ(read(tar).diff_id, sha256_of(tar));
}

TEST(Layer, WhiteoutsRemoveAndOpaqueFoldersHide) {
  const LayerContent content =
      read(file("a/.wh.b", "") + file("d/.wh..wh..opq", "") + file(".wh.top", "") +
           file(".wh..wh..opq", "") + sample_tar::end());
  EXPECT_EQ(content.removed, (Paths{"a/b", "top"}));
  EXPECT_EQ(content.emptied, (Paths{"d", ""}));
  EXPECT_TRUE(content.replaced.empty());
}

TEST(Layer, MarksThatNameNothingRemoveNothing) {
  const LayerContent content =
      read(file("a/.wh.", "") + file("a/.wh..", "") + file("a/.wh...", "") +
           file("a/.wh..wh.plnk", "") + sample_tar::end());
  EXPECT_TRUE(content.removed.empty());
  EXPECT_TRUE(content.emptied.empty());
}

TEST(Layer, NothingLeadsOutOfTheImage) {
  const LayerContent content = read(file("../../etc/keep", "x") + file("/a/../../keep", "y") +
                                    file("a/.wh.x/../../b", "") + sample_tar::end());
  ASSERT_EQ(content.kept.size(), 2U);
  EXPECT_EQ(content.kept[0].path, "etc/keep");
  EXPECT_EQ(content.kept[1].path, "keep");
}

TEST(Layer, WhatCameBeforeABreakIsKept) {
  const std::string tar = file("keep", "one") + file("b", std::string(3000, 'x'));
  const LayerContent content = read(tar.substr(0, tar.size() - 1000));
  EXPECT_EQ(content.kept.size(), 1U);
  ASSERT_EQ(content.problems.size(), 1U);
  EXPECT_EQ(content.problems[0].code, ErrorCode::kInvalid);
  EXPECT_EQ(content.diff_id, "") << "a part has no digest";
}

TEST(Layer, LimitsAreSaid) {
  LayerLimits limits;
  limits.most_files = 1;
  EXPECT_EQ(read(file("a", "") + file("b", "") + sample_tar::end(), limits).problems[0].code,
            ErrorCode::kLimit);
  limits = {};
  limits.most_kept_bytes = 2;
  const LayerContent content =
      read(file("keep", "one") + file("b", "") + sample_tar::end(), limits);
  EXPECT_TRUE(content.kept.empty());
  ASSERT_EQ(content.problems.size(), 1U);
  EXPECT_EQ(content.problems[0].path, "keep");
  EXPECT_EQ(content.files, 2U);
}

}  // namespace
}  // namespace plimsoll::image
