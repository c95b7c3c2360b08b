#include "config/find.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plimsoll::config {
namespace {

std::vector<std::string> paths_of(const Found& found) {
  std::vector<std::string> paths;
  for (const FoundFile& file : found.files) paths.push_back(file.path);
  return paths;
}

using Paths = std::vector<std::string>;

TEST(FindFiles, GoesUpToTheFolderWithGit) {
  MemoryFileSystem files;
  files.add("/w/plimsoll.yaml", "");  // beyond the repository
  files.add("/w/repo/.git/HEAD", "");
  files.add("/w/repo/plimsoll.yaml", "");
  files.add("/w/repo/.trivyignore", "");
  files.add("/w/repo/a/b/Dockerfile", "");
  const Found found = find_files(files, "/w/repo/a/b/Dockerfile", "/w/repo");
  EXPECT_EQ(paths_of(found), (Paths{"/w/repo/.trivyignore", "/w/repo/plimsoll.yaml"}));
  EXPECT_EQ(found.root, "/w/repo");
}

TEST(FindFiles, TheNearestOfOurFilesHolds) {
  MemoryFileSystem files;
  files.add(".git/HEAD", "");
  files.add("plimsoll.yaml", "");
  files.add("a/.plimsoll.yml", "");
  files.add("a/b/Dockerfile", "");
  const Found found = find_files(files, "a/b", "/w");
  EXPECT_EQ(paths_of(found), Paths{"a/.plimsoll.yml"});
  EXPECT_EQ(found.root, ".");
}

TEST(FindFiles, WithoutGitOnlyTheOwnFolderCounts) {
  MemoryFileSystem files;
  files.add("plimsoll.yaml", "");
  files.add("a/Dockerfile", "");
  EXPECT_TRUE(find_files(files, "a", "/w").files.empty());
  EXPECT_EQ(paths_of(find_files(files, "Dockerfile", "/w")), Paths{"plimsoll.yaml"});
}

TEST(FindFiles, OfTwoSpellingsOneIsReadAndTheOtherIsSaid) {
  MemoryFileSystem files;
  files.add(".plimsoll.yaml", "");
  files.add("plimsoll.yaml", "");
  const Found found = find_files(files, ".", "/w");
  EXPECT_EQ(paths_of(found), Paths{"plimsoll.yaml"});
  EXPECT_EQ(found.notes, Paths{".plimsoll.yaml: not read, plimsoll.yaml is"});
}

TEST(FindFiles, WeakerFilesComeFirst) {
  MemoryFileSystem files;
  for (const char* name :
       {".trivyignore", ".trivyignore.yaml", ".hadolint.yml", ".checkov.yaml", "plimsoll.yaml"}) {
    files.add(name, "");
  }
  EXPECT_EQ(paths_of(find_files(files, ".", "")),
            (Paths{".checkov.yaml", ".hadolint.yml", ".trivyignore.yaml", ".trivyignore",
                   "plimsoll.yaml"}));
}

}  // namespace
}  // namespace plimsoll::config
