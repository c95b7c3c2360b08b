#include "image/blob_store.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "image/sample_tar.h"

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;
using sample_tar::file;
using sample_tar::header;

class BlobStoreTest : public testing::Test {
 protected:
  BlobStoreTest() {
    std::string name = (fs::temp_directory_path() / "plimsoll-blobs-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~BlobStoreTest() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  static std::string content(const BlobStore& store, std::string_view path) {
    const auto text = read_blob(store, path, 1000);
    return text ? *text : "! " + text.error().message;
  }

  fs::path folder_;
};

TEST_F(BlobStoreTest, FindsMembersOfATarHoweverTheyAreSpelled) {
  const auto store =
      open_tar(write("a.tar", file("./blobs//one", "1") + file("/two", "2") + sample_tar::end()));
  ASSERT_TRUE(store) << store.error().message;
  for (const char* path : {"blobs/one", "./blobs/one", "blobs/x/../one", "../blobs/one"}) {
    EXPECT_EQ(content(**store, path), "1") << path;
  }
  EXPECT_EQ(content(**store, "two"), "2");
  EXPECT_EQ((*store)->size("two"), 1U);
  EXPECT_EQ(content(**store, "three"), "! it has no 'three'");
}

TEST_F(BlobStoreTest, OfTwoMembersTheLastHolds) {
  const auto store =
      open_tar(write("a.tar", file("a", "old") + file("./a", "new") + sample_tar::end()));
  ASSERT_TRUE(store);
  EXPECT_EQ(content(**store, "a"), "new");
}

TEST_F(BlobStoreTest, LinksBetweenMembersAreFollowed) {
  const auto store = open_tar(
      write("a.tar", file("x/layer.tar", "L") + header("y/layer.tar", '2', 0, "../x/layer.tar") +
                         header("h", '1', 0, "y/layer.tar") + header("loop", '2', 0, "loop") +
                         header("out", '2', 0, "../../../etc/passwd") + sample_tar::end()));
  ASSERT_TRUE(store);
  EXPECT_EQ(content(**store, "y/layer.tar"), "L");
  EXPECT_EQ(content(**store, "h"), "L");
  EXPECT_EQ(content(**store, "loop"), "! it has no 'loop'");
  EXPECT_EQ(content(**store, "out"), "! it has no 'out'");
}

TEST_F(BlobStoreTest, ABrokenTarIsSaid) {
  const auto store = open_tar(write("a.tar", file("a", std::string(2000, 'x')).substr(0, 900)));
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_FALSE(store.error().path.empty());
  EXPECT_EQ(open_tar((folder_ / "none").string()).error().code, ErrorCode::kNotFound);
}

TEST_F(BlobStoreTest, AFolderIsNotLeft) {
  write("oci/blobs/one", "1");
  write("secret", "s");
  fs::create_symlink("../../secret", folder_ / "oci/blobs/link");
  fs::create_symlink("..", folder_ / "oci/up");
  const auto store = open_folder((folder_ / "oci").string());
  ASSERT_TRUE(store);
  EXPECT_EQ(content(**store, "blobs/one"), "1");
  for (const char* path : {"blobs/link", "up/secret", "../secret", "blobs", ""}) {
    EXPECT_FALSE((*store)->has(path)) << path;
  }
}

TEST_F(BlobStoreTest, LargeOnesAreRefused) {
  const auto store =
      open_tar(write("a.tar", file("a", std::string(5000, 'x')) + sample_tar::end()));
  ASSERT_TRUE(store);
  EXPECT_EQ(read_blob(**store, "a", 1000).error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace plimsoll::image
