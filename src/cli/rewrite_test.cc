#include "cli/rewrite.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace plimsoll::cli {
namespace {

namespace fs = std::filesystem;

class RewriteTest : public testing::Test {
 protected:
  RewriteTest() {
    std::string name = (fs::temp_directory_path() / "rewrite.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directory(folder_ / "tree");
    file_ = (folder_ / "tree" / "Dockerfile").string();
    put(file_, "FROM a\n");
    root_ = (folder_ / "tree").string();
  }
  ~RewriteTest() override { fs::remove_all(folder_); }

  static void put(const fs::path& path, std::string_view text) { std::ofstream(path) << text; }
  static std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root_), {}));
  }
  [[nodiscard]] Rewrite change(std::string path = {}) const {
    return {path.empty() ? file_ : std::move(path), "FROM a\n", "FROM b\n", false, root_};
  }

  fs::path folder_;
  std::string file_;
  std::string root_;
};

TEST_F(RewriteTest, KeepsTheModeAndLeavesNothingBehind) {
  ::chmod(file_.c_str(), 0640);
  ASSERT_TRUE(write(change(), false));
  EXPECT_EQ(text_of(file_), "FROM b\n");
  struct stat now {};
  ASSERT_EQ(::stat(file_.c_str(), &now), 0);
  EXPECT_EQ(now.st_mode & 07777U, 0640U);
  EXPECT_EQ(entries(), 1U);
}

TEST_F(RewriteTest, ChangedMeanwhileIsLeft) {
  put(file_, "FROM c\n");
  const auto done = write(change(), true);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("changed meanwhile"), std::string::npos);
  EXPECT_EQ(text_of(file_), "FROM c\n");
  EXPECT_EQ(entries(), 1U) << "no backup of what was not written";
}

TEST_F(RewriteTest, LongerThanItWasReadIsChangedToo) {
  put(file_, "FROM a\nRUN b\n");
  EXPECT_FALSE(write(change(), false));
}

TEST_F(RewriteTest, BackupsNeverReplaceEachOther) {
  const auto first = write(change(), true);
  ASSERT_TRUE(first);
  EXPECT_EQ(text_of(*first), "FROM a\n");
  put(file_, "FROM a\n");
  const auto second = write(change(), true);
  ASSERT_TRUE(second);
  EXPECT_NE(*first, *second);
  EXPECT_EQ(text_of(*first), "FROM a\n");
}

TEST_F(RewriteTest, ALinkOutOfTheTreeIsLeft) {
  put(folder_ / "outside", "FROM a\n");
  const std::string link = root_ + "/link";
  fs::create_symlink("../outside", link);
  const auto done = write(change(link), false);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("out of the tree"), std::string::npos);
  EXPECT_EQ(text_of(folder_ / "outside"), "FROM a\n");
}

TEST_F(RewriteTest, ALinkWithinTheTreeStaysALink) {
  const std::string link = root_ + "/link";
  fs::create_symlink("Dockerfile", link);
  ASSERT_TRUE(write(change(link), false));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(text_of(file_), "FROM b\n");
}

TEST_F(RewriteTest, AFolderThatIsALinkOutOfTheTreeIsLeft) {
  fs::create_directory(folder_ / "other");
  put(folder_ / "other" / "Dockerfile", "FROM a\n");
  fs::create_directory_symlink(folder_ / "other", root_ + "/sub");
  EXPECT_FALSE(write(change(root_ + "/sub/Dockerfile"), false));
  EXPECT_EQ(text_of(folder_ / "other" / "Dockerfile"), "FROM a\n");
}

TEST_F(RewriteTest, ANewFileIsNeverOverAnother) {
  const std::string path = root_ + "/.dockerignore";
  ASSERT_TRUE(write({path, "", ".git\n", true, root_}, false));
  EXPECT_EQ(text_of(path), ".git\n");
  EXPECT_FALSE(write({path, "", "other\n", true, root_}, false));
  EXPECT_EQ(text_of(path), ".git\n");
}

TEST_F(RewriteTest, WhatIsNoPlainFileIsLeft) {
  const std::string pipe = root_ + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(write(change(pipe), false));
}

}  // namespace
}  // namespace plimsoll::cli
