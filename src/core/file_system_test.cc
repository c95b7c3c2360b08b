#include "core/file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// "name/" for folders, "name@" for links, "name?" for what is neither.
std::vector<std::string> names(const Result<std::vector<DirectoryEntry>>& entries) {
  std::vector<std::string> out;
  if (!entries) return out;
  for (const DirectoryEntry& entry : *entries) {
    const char* const marks[] = {"", "/", "@", "?"};
    out.push_back(entry.name + marks[static_cast<std::size_t>(entry.kind)]);
  }
  return out;
}

using Names = std::vector<std::string>;

TEST(MemoryFileSystem, ReadsByAnySpellingOfThePath) {
  MemoryFileSystem files;
  files.add("./a//b", "text");
  EXPECT_EQ(files.read("a/x/../b", 4).value_or("none"), "text");
  EXPECT_EQ(files.read("a/c", 4).error().code, ErrorCode::kNotFound);
}

TEST(MemoryFileSystem, RefusesWhatIsLonger) {
  MemoryFileSystem files;
  files.add("a", "12345");
  EXPECT_TRUE(files.read("a", 5));
  EXPECT_EQ(files.read("a", 4).error().code, ErrorCode::kTooLarge);
}

TEST(MemoryFileSystem, ListsEachFolderOnceSortedByName) {
  MemoryFileSystem files;
  // In byte order of whole paths "a-c" stands between the files of "a".
  for (const char* path : {"d/a/1", "d/a-c", "d/a/2", "d/b", "e", "/root"}) files.add(path, "");
  EXPECT_EQ(names(files.list("d")), (Names{"a/", "a-c", "b"}));
  EXPECT_EQ(names(files.list(".")), (Names{"d/", "e"}));
  EXPECT_EQ(names(files.list("/")), Names{"root"});
  EXPECT_FALSE(files.list("d/b/c"));
}

TEST(MemoryFileSystem, AFolderExistsWhenAFileIsBelowIt) {
  MemoryFileSystem files;
  files.add("d/x", "");
  EXPECT_EQ(files.kind("d", true).value_or(EntryKind::kOther), EntryKind::kFolder);
  EXPECT_EQ(files.kind("d/x", true).value_or(EntryKind::kOther), EntryKind::kFile);
  EXPECT_FALSE(files.kind("dx", true));
  EXPECT_TRUE(files.is_file("d/x"));
  EXPECT_FALSE(files.is_file("d"));
}

class DiskFileSystemTest : public testing::Test {
 protected:
  DiskFileSystemTest() {
    std::string pattern = (fs::temp_directory_path() / "plimsoll-disk-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~DiskFileSystemTest() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    fs::create_directories(fs::path(at(name)).parent_path());
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name);
  }
  [[nodiscard]] std::string at(const std::string& name) const { return folder_ + '/' + name; }

  std::string folder_;
  DiskFileSystem disk_;
};

TEST_F(DiskFileSystemTest, ReadsTheExactBytes) {
  const std::string text("a\0\r\n\xFF", 5);
  EXPECT_EQ(disk_.read(write("f", text), 5).value_or("none"), text);
  EXPECT_EQ(disk_.read(write("empty", ""), 0).value_or("none"), "");
}

TEST_F(DiskFileSystemTest, RefusesWhatIsLonger) {
  EXPECT_EQ(disk_.read(write("f", "12345"), 4).error().code, ErrorCode::kTooLarge);
}

TEST_F(DiskFileSystemTest, ReadsFilesThatSayTheyAreEmpty) {
  // The kernel's own files have size 0 and an end all the same.
  const auto text = disk_.read("/proc/self/status", 1U << 16U);
  if (!text) GTEST_SKIP() << "no /proc here";
  EXPECT_NE(text->find("Name:"), std::string::npos);
  EXPECT_EQ(disk_.read("/proc/self/status", 10).error().code, ErrorCode::kTooLarge);
}

TEST_F(DiskFileSystemTest, ReadsOnlyRegularFiles) {
  EXPECT_EQ(disk_.read(folder_, 10).error().message, "is a folder");
  EXPECT_EQ(disk_.read("/dev/zero", 10).error().code, ErrorCode::kUnreadable);
  // Nobody writes to it: opening must not wait.
  ASSERT_EQ(::mkfifo(at("fifo").c_str(), 0600), 0);
  EXPECT_EQ(disk_.read(at("fifo"), 10).error().code, ErrorCode::kUnreadable);
}

TEST_F(DiskFileSystemTest, TellsMissingFromRefused) {
  EXPECT_EQ(disk_.read(at("none"), 1).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(disk_.read(write("f", "") + "/below", 1).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(disk_.list(at("none")).error().code, ErrorCode::kNotFound);
  fs::create_symlink("loop", at("loop"));
  EXPECT_EQ(disk_.read(at("loop"), 1).error().code, ErrorCode::kUnreadable);
}

TEST_F(DiskFileSystemTest, ListsLinksAsLinks) {
  write("b", "");
  write("a/x", "");
  fs::create_symlink("a", at("link"));
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_EQ(names(disk_.list(folder_)), (Names{"a/", "b", "link@", "pipe?"}));
}

TEST_F(DiskFileSystemTest, FollowsALinkOnlyWhenTheUserNamedIt) {
  write("f", "");
  fs::create_symlink("f", at("link"));
  EXPECT_EQ(disk_.kind(at("link"), false).value_or(EntryKind::kOther), EntryKind::kLink);
  EXPECT_EQ(disk_.kind(at("link"), true).value_or(EntryKind::kOther), EntryKind::kFile);
  fs::create_symlink("none", at("dangling"));
  EXPECT_EQ(disk_.kind(at("dangling"), true).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace plimsoll
