#include "scan/lock_files.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/limits.h"
#include "scan/audit.h"

namespace plimsoll::scan {
namespace {

constexpr const char* kLock =
    R"({"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}})";

struct File {
  std::string path;
  std::string text;
};

struct Audited {
  Report report;
  LockFiles locks;
};

Audited audited(const std::vector<File>& files, const std::vector<std::string>& targets = {"."}) {
  MemoryFileSystem memory;
  for (const File& file : files) memory.add(file.path, file.text);
  AuditOptions options;
  options.targets = targets;
  Audited result;
  result.report = audit(memory, options, result.locks);
  return result;
}

/// "path <- Dockerfile:line stage reach", one a line.
std::string joined(const LockFiles& locks) {
  std::string text;
  for (const LockFile& file : locks.files) {
    text += file.path;
    for (const LockInstall& each : file.installs) {
      text += " <- " + each.path + ':' + std::to_string(each.line) + ' ' + each.stage + ' ' +
              std::string(to_string(each.reach));
    }
    text += '\n';
  }
  return text;
}

struct Case {
  const char* name;
  std::vector<File> files;
  const char* want;
};
class LockFilesTest : public testing::TestWithParam<Case> {};

TEST_P(LockFilesTest, AreJoinedWithWhatInstallsThem) {
  EXPECT_EQ(joined(audited(GetParam().files).locks), GetParam().want) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(
    Each, LockFilesTest,
    testing::Values(
        Case{"no Dockerfile", {{"package-lock.json", kLock}}, "package-lock.json\n"},
        Case{"beside it",
             {{"web/package-lock.json", kLock},
              {"web/Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n"}},
             "web/package-lock.json <- web/Dockerfile:3 0 image\n"},
        Case{"built from a folder above",
             {{"web/package-lock.json", kLock},
              {"docker/web/Dockerfile", "FROM node\nCOPY web /w\nRUN cd /w && npm ci\n"}},
             "web/package-lock.json <- docker/web/Dockerfile:3 0 image\n"},
        Case{"the context that Compose says",
             {{"package-lock.json", kLock},
              {"web/package-lock.json", kLock},
              {"web/Dockerfile", "FROM node AS dev\nCOPY . .\nRUN npm ci\nFROM scratch\n"},
              {"compose.yaml",
               "services:\n  web:\n    build:\n      context: .\n      dockerfile: web/Dockerfile\n"
               "      target: dev\n"}},
             "package-lock.json <- web/Dockerfile:3 dev image\nweb/package-lock.json\n"},
        Case{"two Dockerfiles of one file",
             {{"go.mod", "module m\n\nrequire example.com/a v1.0.0\n"},
              {"a.Dockerfile", "FROM golang\nCOPY . .\nRUN go build ./a\n"},
              {"b.Dockerfile", "FROM golang\nCOPY . .\nRUN go build ./b\n"}},
             "go.mod <- a.Dockerfile:3 0 image <- b.Dockerfile:3 0 image\n"},
        Case{".dockerignore of the context",
             {{"package-lock.json", kLock},
              {".dockerignore", "*-lock.json\n"},
              {"Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n"}},
             "package-lock.json\n"},
        Case{"the Dockerfile's own ignore file comes before it",
             {{"package-lock.json", kLock},
              {".dockerignore", "*-lock.json\n"},
              {"Dockerfile.dockerignore", "\n"},
              {"Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n"}},
             "package-lock.json <- Dockerfile:3 0 image\n"},
        Case{"folders of other people's code",
             {{"vendor/a/package-lock.json", kLock},
              {"node_modules/a/package-lock.json", kLock},
              {"lib/site-packages/a/poetry.lock", ""},
              {".cache/package-lock.json", kLock}},
             ""}));

TEST(LockFiles, AreNotLookedForUnlessAskedFor) {
  MemoryFileSystem memory;
  memory.add("package-lock.json", "{ damaged");
  AuditOptions options;
  options.targets = {"."};
  EXPECT_TRUE(audit(memory, options).complete());
}

TEST(LockFiles, NamesOfOtherTargetsDoNotMix) {
  const Audited result = audited(
      {{"/one/package-lock.json", kLock}, {"/two/Dockerfile", "FROM node\nCOPY . .\nRUN npm ci\n"}},
      {"/one", "/two"});
  EXPECT_EQ(joined(result.locks), "/one/package-lock.json\n");
  EXPECT_TRUE(result.locks.has_dockerfiles);
}

TEST(LockFiles, HaveTheirPackagesInOrder) {
  const Audited result = audited({{"b/package-lock.json", kLock}, {"a/package-lock.json", kLock}});
  ASSERT_EQ(result.locks.packages.size(), 2U);
  EXPECT_EQ(result.locks.packages[0].path, "a/package-lock.json");
  EXPECT_EQ(result.locks.packages[0].purl, "pkg:npm/a@1.0.0");
  EXPECT_EQ(result.locks.find("b/package-lock.json")->packages, 1U);
  EXPECT_EQ(result.locks.find("c"), nullptr);
}

TEST(LockFiles, ThatAreDamagedAreNamed) {
  const Audited result =
      audited({{"a/package-lock.json", "{ \"packages\": "}, {"b/package-lock.json", kLock}});
  ASSERT_EQ(result.report.incomplete.size(), 1U);
  EXPECT_EQ(result.report.incomplete[0].path, "a/package-lock.json");
  EXPECT_FALSE(result.report.incomplete[0].rejected);
  EXPECT_EQ(result.locks.packages.size(), 1U);
}

TEST(LockFiles, ThatAreTooLargeAreNamed) {
  const Audited result = audited({{"poetry.lock", std::string(limits::kLockFileBytes + 1, '\n')}});
  ASSERT_EQ(result.report.incomplete.size(), 1U);
  EXPECT_EQ(result.report.incomplete[0].stage, "limit");
}

TEST(LockFiles, BeyondTheirNumberAreNotRead) {
  std::vector<File> files;
  for (std::size_t i = 0; i < limits::kLockFiles + 3; ++i) {
    files.push_back({"d" + std::to_string(i) + "/mix.lock", "%{}\n"});
  }
  const Audited result = audited(files);
  EXPECT_EQ(result.locks.files.size(), limits::kLockFiles);
  ASSERT_EQ(result.report.incomplete.size(), 1U);
  EXPECT_EQ(result.report.incomplete[0].limit, "lock files of one run");
}

}  // namespace
}  // namespace plimsoll::scan
