// What `plimsoll fix` offers where the index of base images has something better than FROM names.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sample_bases.h"

namespace plimsoll::test {
namespace {

class FixBases : public BaseCommand {
 protected:
  static std::string text_of(const std::string& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  Outcome fix(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"fix", "--no-color", "--no-config"});
    return run(arguments);
  }
};

constexpr const char* kDockerfile = "FROM python:3.11\nUSER 1000\nCMD [\"python3\"]\n";

TEST_F(FixBases, WhatIsMoreThanARebuildIsToldAndWaits) {
  add({old_, slim_});
  const std::string file = folder_.write("Dockerfile", kDockerfile);
  const Outcome told = fix({file, "--yes"});
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_NE(told.out.find("python:3.11 could be python:3.11-slim"), std::string::npos) << told.out;
  EXPECT_TRUE(text_of(file).starts_with("FROM python:3.11\n")) << text_of(file);
  const Outcome written = fix({file, "--yes", "--unsafe"});
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_TRUE(text_of(file).starts_with("FROM python:3.11-slim\n")) << text_of(file);
}

TEST_F(FixBases, ANewerDigestIsASafeFix) {
  const Layout old = layout_of("a", "2024-01-01T00:00:00Z", debian("1:1.2.13-1"));
  const Layout now = layout_of("b", "2024-02-01T00:00:00Z", debian("1:1.2.13-2"));
  for (const Layout& each : {old, now}) {
    ASSERT_EQ(run({"base", "add", each.path, "--as", "python:3.11"}).status, 0);
  }
  const std::string file =
      folder_.write("Dockerfile", "FROM python:3.11@" + old.digest + "\nUSER 1000\n");
  EXPECT_EQ(fix({file, "--check"}).status, 1);
  const Outcome without = fix({file, "--diff", "--no-bases"});
  EXPECT_EQ(without.out.find(now.digest), std::string::npos) << without.out;
  const Outcome patch = fix({file, "--diff"});
  EXPECT_NE(patch.out.find("+FROM python:3.11@" + now.digest), std::string::npos) << patch.out;
  EXPECT_EQ(fix({file, "--yes"}).status, 0);
  EXPECT_NE(text_of(file).find("FROM python:3.11@" + now.digest), std::string::npos)
      << text_of(file);
}

TEST_F(FixBases, ATagThatWasBuiltAnewNeedsNoEdit) {
  add({old_, new_});
  ASSERT_EQ(run({"base", "add", old_, "--as", "python:3.11"}).status, 0);
  const std::string file = folder_.write("Dockerfile", kDockerfile);
  EXPECT_EQ(fix({file, "--yes"}).status, 0);
  EXPECT_TRUE(text_of(file).starts_with("FROM python:3.11\n"));
}

TEST_F(FixBases, WithoutAnIndexNothingIsSaid) {
  const std::string file = folder_.write("Dockerfile", kDockerfile);
  const Outcome outcome = fix({file, "--yes"});
  EXPECT_EQ(outcome.out.find("could be"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.err.find("database"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
