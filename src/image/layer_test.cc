#include "image/layer.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "archive/checksum.h"
#include "archive/sha256.h"
#include "image/layers_in_turns.h"
#include "image/sample_tar.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

/// Keeps the content of files whose name ends in "keep".
class Keeper final : public ContentReader {
 public:
  explicit Keeper(std::map<std::string, std::string>& into) : into_(into) {}
  bool begin(const Entry& entry, std::string_view head) override {
    if (!entry.path.ends_with("keep")) return false;
    at_ = &into_[entry.path];
    at_->clear();
    head_ = head;
    return true;
  }
  void piece(std::string_view bytes) override {
    if (at_->empty()) {
      EXPECT_EQ(bytes, head_);
    }
    *at_ += bytes;
  }
  void end(const Entry& entry, bool whole) override { EXPECT_EQ(whole, at_->size() == entry.size); }

 private:
  std::map<std::string, std::string>& into_;
  std::string* at_ = nullptr;
  std::string head_;
};

struct Read : LayerEntries {
  std::map<std::string, std::string> kept;
};

Read read(const std::string& tar, const LayerLimits& limits = {}) {
  Read result;
  std::vector<std::unique_ptr<ContentReader>> readers;
  readers.push_back(std::make_unique<Keeper>(result.kept));
  static_cast<LayerEntries&>(result) = read_layer(archive::memory_stream(tar), readers, {}, limits);
  return result;
}

using Paths = std::vector<std::string>;

Paths paths_of(const LayerEntries& layer) {
  Paths paths;
  for (const Entry& entry : layer.entries) paths.push_back(entry.path);
  return paths;
}

TEST(Layer, ShowsContentAndListsAll) {
  const std::string tar = file("./a//keep", "one") + file("b", "22") + header("d/", '5', 0) +
                          header("l/keep", '2', 0, "a") + sample_tar::end();
  const Read content = read(tar);
  EXPECT_EQ(content.kept, (std::map<std::string, std::string>{{"a/keep", "one"}}));
  EXPECT_EQ(paths_of(content), (Paths{"a/keep", "b", "d", "l/keep"}));
  EXPECT_EQ(content.bytes, 5U);
  EXPECT_EQ(content.diff_id, archive::sha256_of(tar));
  EXPECT_TRUE(content.problems.empty());
}

TEST(Layer, EqualContentHasEqualSums) {
  const std::string large(700'000, 'x');
  const Read content = read(file("a", large) + file("keep", large) + file("c", "x") +
                            file("d", "") + sample_tar::end());
  EXPECT_EQ(content.kept.at("keep"), large);
  EXPECT_EQ(content.entries[0].sum, content.entries[1].sum);
  EXPECT_NE(content.entries[0].sum, content.entries[2].sum);
  EXPECT_EQ(content.entries[3].sum, 0U);
}

TEST(Layer, WhatIsBehindTheEndBelongsToTheDigest) {
  const std::string tar = file("a", "1") + sample_tar::end() + std::string(9000, '\0') + "x";
  EXPECT_EQ(read(tar).diff_id, archive::sha256_of(tar));
}

/// In blocks that are stored as they are.
std::string gzip(std::string_view text) {
  const auto little = [](std::uint64_t value, std::size_t bytes) {
    std::string number;
    for (; number.size() < bytes; value >>= 8U) number += static_cast<char>(value & 0xffU);
    return number;
  };
  const std::string trailer = little(archive::crc32_of(text), 4) + little(text.size(), 4);
  std::string packed("\x1f\x8b\x08\0\0\0\0\0\0\0", 10);
  while (!text.empty()) {
    const std::string_view block = text.substr(0, 0xffff);
    text.remove_prefix(block.size());
    packed += text.empty() ? '\1' : '\0';
    packed += little(block.size(), 2) + little(~block.size() & 0xffffU, 2);
    packed += block;
  }
  return packed + trailer;
}

TEST(Layer, WhatIsStoredHasASumOfItsOwn) {
  const std::string tar = file("a", std::string(700'000, 'x')) + sample_tar::end();
  const std::string packed = gzip(tar);
  const LayerEntries both = read_layer(archive::memory_stream(packed), {});
  EXPECT_EQ(both.diff_id, archive::sha256_of(tar));
  EXPECT_EQ(both.stored, archive::sha256_of(packed));
  const LayerEntries one = read_layer(archive::memory_stream(packed), {}, {.sums_stored = false});
  EXPECT_EQ(one.diff_id, both.diff_id);
  EXPECT_EQ(one.stored, "") << "nobody asked";
}

TEST(Layer, LayersInTurnsAreReadAsEachAlone) {
  const auto layer = [](char content, std::size_t size) {
    return file("keep", std::string(size, content)) + file("b", "b") + sample_tar::end();
  };
  const std::string tars[] = {layer('x', 900'000), layer('y', 300'000)};
  LayerEntries seen[2];
  std::optional<LayersInTurns> layers;
  const auto task = [&](std::size_t i) {
    seen[i] = read_layer(archive::memory_stream(tars[i]), {}, {.in_turns = &*layers});
  };
  Turns turns([&] { task(0); }, [&] { task(1); });
  layers.emplace(turns);
  turns.run();
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(seen[i].diff_id, archive::sha256_of(tars[i])) << i;
    EXPECT_EQ(paths_of(seen[i]), (Paths{"keep", "b"})) << i;
  }
}

TEST(Layer, WhiteoutsRemoveAndOpaqueFoldersHide) {
  const Read content = read(file("a/.wh.b", "") + file("d/.wh..wh..opq", "") + file(".wh.top", "") +
                            file(".wh..wh..opq", "") + sample_tar::end());
  EXPECT_EQ(content.removed, (Paths{"a/b", "top"}));
  EXPECT_EQ(content.emptied, (Paths{"d", ""}));
  EXPECT_TRUE(content.entries.empty());
}

TEST(Layer, MarksThatNameNothingRemoveNothing) {
  const Read content = read(file("a/.wh.", "") + file("a/.wh..", "") + file("a/.wh...", "") +
                            file("a/.wh..wh.plnk", "") + sample_tar::end());
  EXPECT_TRUE(content.removed.empty());
  EXPECT_TRUE(content.emptied.empty());
}

TEST(Layer, NothingLeadsOutOfTheImage) {
  const Read content = read(file("../../etc/keep", "x") + file("/a/../../keep", "y") +
                            file("a/.wh.x/../../b", "") + sample_tar::end());
  EXPECT_EQ(content.kept, (std::map<std::string, std::string>{{"etc/keep", "x"}, {"keep", "y"}}));
}

TEST(Layer, WhatCameBeforeABreakIsKept) {
  const std::string tar = file("keep", "one") + file("b", std::string(3000, 'x'));
  const Read content = read(tar.substr(0, tar.size() - 1000));
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
  limits.longest_path = 3;
  const Read content = read(file("keep", "one") + file("b", "") + sample_tar::end(), limits);
  EXPECT_EQ(content.problems[0].code, ErrorCode::kLimit);
  EXPECT_EQ(paths_of(content), (Paths{"b"}));
}

}  // namespace
}  // namespace plimsoll::image
