#include "image/layer_cache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;

class LayerCacheTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  static LayerAnalysis analysis_of(const std::string& diff_id) {
    LayerAnalysis analysis;
    analysis.content.diff_id = diff_id;
    analysis.content.entries.push_back({.path = "a"});
    return analysis;
  }

  const fs::path folder_ = fs::path(testing::TempDir()) / "layer_cache";
  const LayerCache cache_{folder_, 1};
  const std::string id_ = "sha256:" + std::string(64, 'a');
};

TEST_F(LayerCacheTest, GivesWhatWasKept) {
  EXPECT_FALSE(cache_.find(id_));
  cache_.keep(id_, analysis_of(id_));
  const auto found = cache_.find(id_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content.entries[0].path, "a");
  EXPECT_FALSE(LayerCache(folder_, 2).find(id_)) << "of another version";
  EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
}

TEST_F(LayerCacheTest, KeepsNothingThatIsNotWhole) {
  LayerAnalysis broken = analysis_of(id_);
  broken.content.problems.push_back({ErrorCode::kInvalid, "broken"});
  cache_.keep(id_, broken);
  cache_.keep(id_, analysis_of(""));
  cache_.keep("sha256:../../x", analysis_of("sha256:../../x"));
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(LayerCacheTest, ABrokenFileIsNone) {
  cache_.keep(id_, analysis_of(id_));
  const fs::path path = folder_ / std::string(64, 'a');
  for (const std::uintmax_t size :
       {fs::file_size(path) - 1, std::uintmax_t{10}, std::uintmax_t{0}}) {
    fs::resize_file(path, size);
    EXPECT_FALSE(cache_.find(id_)) << size;
  }
  cache_.keep(id_, analysis_of(id_));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(30);
  file.put('\x7f');
  file.close();
  EXPECT_FALSE(cache_.find(id_));
}

TEST_F(LayerCacheTest, TheOldestGoesFirst) {
  for (const char c : {'a', 'b', 'c'}) {
    const std::string id = "sha256:" + std::string(64, c);
    cache_.keep(id, analysis_of(id));
  }
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(folder_ / std::string(64, 'b'), now - std::chrono::hours(2));
  fs::last_write_time(folder_ / std::string(64, 'a'), now - std::chrono::hours(1));
  cache_.shrink(fs::file_size(folder_ / std::string(64, 'a')) * 2);
  EXPECT_TRUE(cache_.find(id_));
  EXPECT_FALSE(cache_.find("sha256:" + std::string(64, 'b')));
  EXPECT_TRUE(cache_.find("sha256:" + std::string(64, 'c')));
}

}  // namespace
}  // namespace plimsoll::image
