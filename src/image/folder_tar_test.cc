#include "image/folder_tar.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "image/layer.h"

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;

std::string listed(const LayerEntries& layer) {
  std::string text;
  for (const Entry& entry : layer.entries) {
    text += entry.path + ' ' + std::to_string(static_cast<int>(entry.type)) + ' ' +
            std::to_string(entry.mode) + ' ' + std::to_string(entry.user) + ' ' +
            std::to_string(entry.size) + ' ' + std::to_string(entry.sum) + ' ' + entry.link + '\n';
  }
  return text;
}

TEST(FolderTar, IsReadAsTheFolderItself) {
  const fs::path root = fs::path(testing::TempDir()) / "folder_tar";
  fs::remove_all(root);
  const std::string deep = "a/" + std::string(120, 'b');
  fs::create_directories(root / deep);
  std::ofstream(root / deep / "file") << std::string(700'000, 'x');
  std::ofstream(root / "empty");
  std::ofstream(root / ".wh.gone");
  fs::create_symlink(std::string(150, 'l'), root / "link");
  const LayerEntries direct = read_folder_layer(root, {});
  auto folder = FolderReader::open(root);
  ASSERT_TRUE(folder);
  const LayerEntries through = read_layer(tar_of(**folder), {});
  EXPECT_TRUE(through.problems.empty()) << through.problems[0].message;
  EXPECT_EQ(listed(through), listed(direct));
  EXPECT_EQ(through.entries.size(), 5U);
  EXPECT_EQ(through.removed, (std::vector<std::string>{"gone"}));
  fs::remove_all(root);
}

}  // namespace
}  // namespace plimsoll::image
