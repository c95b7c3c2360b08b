// `plimsoll fix` as a person or a pipeline runs it.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCompose =
    "services:\n  web: # the shop\n    image: redis:7.4\n    ports: [ \"6379:6379\" ]\n";

class FixCommand : public testing::Test {
 protected:
  FixCommand() { put("compose.yaml", kCompose); }

  void put(const std::string& name, std::string_view text) const {
    std::ofstream(fs::path(folder_.path()) / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(fs::path(folder_.path()) / name, std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] Outcome fix(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{"/usr/bin/env", "-C", folder_.path(),
                                   "SOURCE_DATE_EPOCH=1795219200", PLIMSOLL_EXECUTABLE, "fix"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run(words);
  }

  Folder folder_;
};

TEST_F(FixCommand, WithoutATerminalItWritesNothingUnasked) {
  const Outcome outcome = fix({});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--yes, --diff or --check"), std::string::npos) << outcome.err;
  EXPECT_EQ(text_of("compose.yaml"), kCompose);
}

TEST_F(FixCommand, CheckFailsUntilItIsFixed) {
  EXPECT_EQ(fix({"--check"}).status, 1);
  EXPECT_EQ(text_of("compose.yaml"), kCompose);
  const Outcome fixed = fix({"--yes"});
  EXPECT_EQ(fixed.status, 0) << fixed.err;
  EXPECT_NE(fixed.out.find("score"), std::string::npos);
  EXPECT_EQ(fix({"--check"}).status, 0);
}

TEST_F(FixCommand, WhatNoFixIsAboutStaysToTheByte) {
  put("compose.yaml", "services:\r\n  web: # the shop\r\n    image: redis:7.4\r\n");
  ASSERT_EQ(fix({"--yes", "--rules", "pids-limit-missing"}).status, 0);
  EXPECT_EQ(text_of("compose.yaml"),
            "services:\r\n  web: # the shop\r\n    image: redis:7.4\r\n    pids_limit: 512\r\n");
}

TEST_F(FixCommand, ADiffIsAPatchThatApplies) {
  const Outcome diff = fix({"--diff"});
  EXPECT_EQ(diff.status, 0) << diff.err;
  EXPECT_EQ(text_of("compose.yaml"), kCompose);
  put("fix.patch", diff.out);
  const Outcome applied = run({"/usr/bin/env", "-C", folder_.path(), "git", "apply", "fix.patch"});
  ASSERT_EQ(applied.status, 0) << applied.err << diff.out;
  const std::string patched = text_of("compose.yaml");
  put("compose.yaml", kCompose);
  ASSERT_EQ(fix({"--yes"}).status, 0);
  EXPECT_EQ(patched, text_of("compose.yaml"));
}

TEST_F(FixCommand, AValueMakesALimitSafe) {
  ASSERT_EQ(fix({"--yes", "--rules", "memory-limit-missing", "--set", "memory=300m"}).status, 0);
  EXPECT_NE(text_of("compose.yaml").find("mem_limit: 300m"), std::string::npos);
  for (const char* bad : {"memory=lots", "memory=0", "color=red", "memory", "user=root", "pids=-1"}) {
    const Outcome outcome = fix({"--yes", "--set", bad});
    EXPECT_EQ(outcome.status, 2) << bad;
    EXPECT_NE(outcome.err.find("--set"), std::string::npos) << outcome.err;
  }
}

TEST_F(FixCommand, ABackupIsNoFileOfOurs) {
  put("Dockerfile", "FROM debian:12\nADD a.txt /\n");
  ASSERT_EQ(fix({"--yes", "--backup", "--rules", "add-instead-of-copy", "Dockerfile"}).status, 0);
  EXPECT_EQ(text_of("Dockerfile"), "FROM debian:12\nCOPY a.txt /\n");
  EXPECT_EQ(text_of(".Dockerfile.orig"), "FROM debian:12\nADD a.txt /\n");
  const Outcome again = fix({"--check", "--rules", "add-instead-of-copy"});
  EXPECT_EQ(again.status, 0) << "the backup was taken for a Dockerfile\n" << again.out;
}

TEST_F(FixCommand, ALinkOutOfTheTreeIsSaidAndLeft) {
  const Folder other;
  std::ofstream(fs::path(other.path()) / "real.yaml") << kCompose;
  fs::remove(fs::path(folder_.path()) / "compose.yaml");
  fs::create_symlink(fs::path(other.path()) / "real.yaml", fs::path(folder_.path()) / "compose.yaml");
  const Outcome outcome = fix({"--yes", "compose.yaml"});
  EXPECT_EQ(outcome.status, 5) << outcome.out << outcome.err;
  EXPECT_NE(outcome.err.find("out of the tree"), std::string::npos) << outcome.err;
  std::ostringstream now;
  now << std::ifstream(fs::path(other.path()) / "real.yaml").rdbuf();
  EXPECT_EQ(now.str(), kCompose);
}

TEST_F(FixCommand, ABrokenFileIsRejectedAndTheOthersFixed) {
  put("bad.compose.yaml", "services:\n  a:\n    image: [\n");
  const Outcome outcome = fix({"--yes"});
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("bad.compose.yaml"), std::string::npos) << outcome.err;
  EXPECT_EQ(text_of("bad.compose.yaml"), "services:\n  a:\n    image: [\n");
  EXPECT_NE(text_of("compose.yaml"), kCompose);
}

TEST_F(FixCommand, HostileNamesNeverReachTheTerminal) {
  put("compose.yaml", "services:\n  \"we\\e[31mb\":\n    image: redis:7.4\n");
  for (const char* mode : {"--check", "--diff"}) {
    const Outcome outcome = fix({mode, "--no-color", "--verbose"});
    EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos) << mode;
    EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos) << mode;
  }
}

TEST_F(FixCommand, ASecretIsNotShown) {
  put("compose.yaml",
      "services:\n  web:\n    image: redis:7.4\n    environment:\n      API_PASSWORD: postgres\n");
  const Outcome outcome = fix({"--check", "--unsafe", "--verbose"});
  EXPECT_EQ(outcome.out.find("postgres"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace plimsoll::test
