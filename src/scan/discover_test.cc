#include "scan/discover.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/limits.h"

namespace plimsoll::scan {
namespace {

struct Named {
  std::string_view path;
  FileKind kind;
};
class KindOfNameTest : public testing::TestWithParam<Named> {};
TEST_P(KindOfNameTest, GoesByNameAlone) {
  EXPECT_EQ(kind_of_name(GetParam().path), GetParam().kind) << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(
    Names, KindOfNameTest,
    testing::Values(Named{"Dockerfile", FileKind::kDockerfile},
                    Named{"a/web.Dockerfile", FileKind::kDockerfile},
                    Named{"a.YML", FileKind::kYaml}, Named{"a.yaml", FileKind::kYaml},
                    Named{"a.json", FileKind::kJson}, Named{"renovate.json5", FileKind::kJson},
                    Named{".renovaterc", FileKind::kJson},
                    Named{"web.container", FileKind::kQuadlet}, Named{"run.sh", FileKind::kScript},
                    Named{"README.md", FileKind::kScript}, Named{"Makefile", FileKind::kScript},
                    Named{"rules.mk", FileKind::kScript}, Named{"web.service", FileKind::kScript},
                    Named{".dockerignore", FileKind::kIgnore},
                    Named{"Dockerfile.dockerignore", FileKind::kIgnore},
                    Named{".gitignore", FileKind::kIgnore}, Named{".env", FileKind::kEnvironment},
                    Named{".env.prod", FileKind::kEnvironment},
                    Named{"prod.env", FileKind::kEnvironment}, Named{"a.txt", FileKind::kNothing},
                    Named{"makefile.c", FileKind::kNothing}, Named{"", FileKind::kNothing},
                    Named{"env", FileKind::kNothing}));

/// "path" per candidate, "path!" when the user named it.
std::vector<std::string> paths(const Discovery& discovery) {
  std::vector<std::string> out;
  for (const Candidate& candidate : discovery.candidates) {
    out.push_back(candidate.path + (candidate.explicit_target ? "!" : ""));
  }
  return out;
}

MemoryFileSystem files_of(const std::vector<std::string>& paths) {
  MemoryFileSystem files;
  for (const std::string& path : paths) files.add(path, "");
  return files;
}

using Paths = std::vector<std::string>;

TEST(Discover, WalksAFolderSortedByPath) {
  const auto files = files_of({"b/Dockerfile", "a/x.yaml", "a/b/c/y.yml", "a/notes.txt"});
  EXPECT_EQ(paths(discover(files, {"."})), (Paths{"a/b/c/y.yml", "a/x.yaml", "b/Dockerfile"}));
  EXPECT_EQ(paths(discover(files, {"a/b/"})), Paths{"a/b/c/y.yml"});
}

TEST(Discover, EntersOfTheHiddenFoldersOnlyThoseOfCi) {
  const auto files = files_of({".github/workflows/ci.yml", ".gitlab/a.yml", ".git/x.yml",
                               ".venv/Dockerfile", "node_modules/a/Dockerfile", ".env"});
  EXPECT_EQ(paths(discover(files, {"."})),
            (Paths{".env", ".github/workflows/ci.yml", ".gitlab/a.yml"}));
}

TEST(Discover, ANamedFolderIsAlwaysEntered) {
  const auto files = files_of({".venv/Dockerfile", "node_modules/a/Dockerfile"});
  EXPECT_EQ(paths(discover(files, {".venv", "node_modules"})),
            (Paths{".venv/Dockerfile", "node_modules/a/Dockerfile"}));
}

TEST(Discover, AFileIsACandidateOnceAndKeepsItsMark) {
  const auto files = files_of({"a/Dockerfile", "a/x.yaml"});
  for (const std::vector<std::string>& targets :
       {Paths{"a", "a/Dockerfile"}, Paths{"./a/Dockerfile", "a", "."}}) {
    EXPECT_EQ(paths(discover(files, targets)), (Paths{"a/Dockerfile!", "a/x.yaml"}));
  }
}

TEST(Discover, ANamedFileNeedsNoKnownName) {
  const Discovery found = discover(files_of({"a.txt"}), {"a.txt"});
  EXPECT_EQ(paths(found), Paths{"a.txt!"});
  EXPECT_EQ(found.candidates[0].kind, FileKind::kNothing);
  EXPECT_TRUE(found.roots.empty());
}

TEST(Discover, SaysWhatIsNotThere) {
  const Discovery found = discover(files_of({"a/Dockerfile"}), {"a", "./none"});
  EXPECT_EQ(found.roots, Paths{"a"});
  ASSERT_EQ(found.incomplete.size(), 1U);
  EXPECT_EQ(found.incomplete[0].path, "./none");  // as the user wrote it
  EXPECT_TRUE(found.incomplete[0].rejected);
}

TEST(Discover, StopsAtTheDepthLimitAndSaysSo) {
  std::string path;
  for (std::size_t i = 0; i < limits::kFolderDepth; ++i) path += "d/";
  const auto files = files_of({path + "Dockerfile", path + "d/Dockerfile"});
  const Discovery found = discover(files, {"."});
  EXPECT_EQ(paths(found), Paths{path + "Dockerfile"});
  ASSERT_EQ(found.incomplete.size(), 1U);
  EXPECT_EQ(found.incomplete[0].limit, "folder depth");
  EXPECT_FALSE(found.incomplete[0].rejected);
}

/// A tree where everything is a folder that cannot be listed, a link or a device.
class OddFiles final : public FileSystem {
 public:
  Result<std::string> read(std::string_view path, std::size_t) const override {
    return fail(ErrorCode::kUnreadable, "no", std::string(path));
  }
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override {
    if (path != ".") return fail(ErrorCode::kUnreadable, "Permission denied", std::string(path));
    return std::vector<DirectoryEntry>{{"Dockerfile", EntryKind::kLink},
                                       {"a.yaml", EntryKind::kOther},
                                       {"locked", EntryKind::kFolder}};
  }
  Result<EntryKind> kind(std::string_view, bool) const override { return EntryKind::kFolder; }
};

TEST(Discover, FollowsNoLinkAndSaysWhichFolderIsLocked) {
  const Discovery found = discover(OddFiles(), {"."});
  EXPECT_TRUE(found.candidates.empty());
  ASSERT_EQ(found.incomplete.size(), 1U);
  EXPECT_EQ(found.incomplete[0].path, "locked");
  EXPECT_FALSE(found.incomplete[0].rejected);
}

}  // namespace
}  // namespace plimsoll::scan
