#include "lsp/overlay.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

std::string names(const FileSystem& files, std::string_view folder) {
  std::string text;
  const auto entries = files.list(folder);
  if (!entries) return "error";
  for (const DirectoryEntry& entry : *entries) {
    text += entry.name + (entry.kind == EntryKind::kFolder ? "/ " : " ");
  }
  return text;
}

class OverlayTest : public testing::Test {
 protected:
  OverlayTest() {
    disk_.add("/w/Dockerfile", "FROM old\n");
    disk_.add("/w/app/main.c", "");
    disk_.add("/other/x", "x");
  }
  MemoryFileSystem disk_;
  Buffers buffers_{{"/w/Dockerfile", "FROM new\n"},
                   {"/w/deploy/app.yaml", "kind: Pod\n"},
                   {"/outside/Dockerfile", "FROM x\n"}};
};

TEST_F(OverlayTest, OpenBuffersHideTheirFiles) {
  const OverlayFileSystem files(disk_, "/w", buffers_);
  EXPECT_EQ(files.read("Dockerfile", 100).value(), "FROM new\n");
  EXPECT_EQ(files.read("app/../Dockerfile", 100).value(), "FROM new\n");
  EXPECT_EQ(files.read("../other/x", 100).value(), "x");
  EXPECT_EQ(files.read("Dockerfile", 3).error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(files.read("nothing", 3).error().code, ErrorCode::kNotFound);
}

TEST_F(OverlayTest, FilesThatWereNeverSavedAreListed) {
  const OverlayFileSystem files(disk_, "/w", buffers_);
  EXPECT_EQ(names(files, "."), "Dockerfile app/ deploy/ ");
  EXPECT_EQ(names(files, "deploy"), "app.yaml ");
  EXPECT_EQ(names(files, "nowhere"), "error");
  EXPECT_EQ(files.kind("deploy", true).value(), EntryKind::kFolder);
  EXPECT_EQ(files.kind("deploy/app.yaml", false).value(), EntryKind::kFile);
  EXPECT_FALSE(files.kind("nowhere", true));
}

TEST_F(OverlayTest, TheRootFolderWorksToo) {
  const OverlayFileSystem files(disk_, "/", buffers_);
  EXPECT_EQ(names(files, "."), "other/ outside/ w/ ");
  EXPECT_EQ(files.read("w/Dockerfile", 100).value(), "FROM new\n");
}

TEST_F(OverlayTest, ATooLargeWorkspaceIsRefusedButBuffersAreNot) {
  for (std::size_t i = 0; i <= limits::kWorkspaceEntries; ++i) {
    disk_.add("/w/many/" + std::to_string(i), "");
  }
  const OverlayFileSystem files(disk_, "/w", buffers_);
  EXPECT_FALSE(files.exhausted());
  EXPECT_EQ(names(files, "many"), "error");
  EXPECT_TRUE(files.exhausted());
  EXPECT_EQ(files.read("app/main.c", 100).error().code, ErrorCode::kLimit);
  EXPECT_EQ(files.read("Dockerfile", 100).value(), "FROM new\n");
}

}  // namespace
}  // namespace plimsoll::lsp
