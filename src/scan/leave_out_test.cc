#include "scan/leave_out.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace plimsoll::scan {
namespace {

config::Configuration excluding(const std::vector<std::string>& patterns) {
  config::Configuration configuration;
  for (const std::string& pattern : patterns) {
    configuration.exclude.push_back({*config::PathPattern::compile(pattern), ".", "c:1:1"});
  }
  return configuration;
}

Discovery found_below(std::string root, const std::vector<std::string>& paths) {
  Discovery discovery;
  discovery.roots.push_back(std::move(root));
  for (const std::string& path : paths) {
    discovery.candidates.push_back({path, FileKind::kDockerfile, false});
  }
  return discovery;
}

TEST(LeaveOut, CountsByTheFirstPatternThatHolds) {
  Discovery discovery = found_below(".", {"Dockerfile", "a/Dockerfile", "a/b/Dockerfile"});
  const auto left_out = leave_out(excluding({"unused", "a", "a/b"}), discovery);
  ASSERT_EQ(left_out.size(), 1U);
  EXPECT_EQ(left_out[0].pattern, "a");
  EXPECT_EQ(left_out[0].files, 2U);
  ASSERT_EQ(discovery.candidates.size(), 1U);
  EXPECT_EQ(discovery.candidates[0].path, "Dockerfile");
}

TEST(LeaveOut, AFileThatIsNamedStays) {
  Discovery discovery = found_below(".", {"a/Dockerfile"});
  discovery.candidates[0].explicit_target = true;
  EXPECT_TRUE(leave_out(excluding({"a"}), discovery).empty());
  EXPECT_EQ(discovery.candidates.size(), 1U);
}

TEST(LeaveOut, AnExcludedFolderThatIsNamedStays) {
  Discovery discovery = found_below("a", {"a/Dockerfile", "a/b/Dockerfile"});
  EXPECT_TRUE(leave_out(excluding({"a"}), discovery).empty());
  EXPECT_EQ(discovery.candidates.size(), 2U);
}

TEST(LeaveOut, NotEverything) {
  Discovery discovery = found_below(".", {"Dockerfile", "a/Dockerfile"});
  EXPECT_TRUE(leave_out(excluding({"**"}), discovery).empty());
  EXPECT_EQ(discovery.candidates.size(), 2U);
}

TEST(LeaveOut, WhatTakesTooLongIsJudgedAndSaid) {
  const std::vector<std::string> patterns(limits::kConfigurationEntries,
                                          std::string(limits::kPathPatternBytes, 'x'));
  Discovery discovery = found_below(".", std::vector<std::string>(20, std::string(4000, 'x')));
  EXPECT_TRUE(leave_out(excluding(patterns), discovery).empty());
  EXPECT_EQ(discovery.candidates.size(), 20U);
  ASSERT_EQ(discovery.incomplete.size(), 1U);
  EXPECT_EQ(discovery.incomplete[0].limit, "exclusions of the configuration");
}

}  // namespace
}  // namespace plimsoll::scan
