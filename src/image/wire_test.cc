#include "image/wire.h"

#include <gtest/gtest.h>

namespace plimsoll::image {
namespace {

LayerAnalysis sample() {
  LayerAnalysis analysis;
  analysis.content.diff_id = "sha256:ab";
  analysis.content.bytes = 1ULL << 40U;
  analysis.content.entries = {{.path = "a/b",
                               .link = "c",
                               .type = Entry::Type::kSymbolicLink,
                               .mode = 0777,
                               .user = 1,
                               .group = 2,
                               .size = 3,
                               .sum = UINT64_MAX}};
  analysis.content.removed = {"x"};
  analysis.content.emptied = {""};
  analysis.content.problems.push_back({ErrorCode::kLimit, "too much", "y"});
  PackageReading& reading = analysis.packages["lib/apk/db/installed"];
  reading.packages.push_back({.name = "n",
                              .version = "v",
                              .ecosystem = "e",
                              .purl = "p",
                              .architecture = "a",
                              .source_name = "s",
                              .source_version = "t",
                              .module_label = "m",
                              .licenses = {"MIT", ""},
                              .files = {"/f"},
                              .owner = "o",
                              .dev = true,
                              .path = "q",
                              .line = 7,
                              .layer = "l"});
  analysis.secrets.push_back({.path = "e",
                              .detector = "d",
                              .title = "t",
                              .family = "f",
                              .severity = Severity::kCritical,
                              .position = {3, 4},
                              .end_position = {3, 9},
                              .begin = 5,
                              .end = 10,
                              .shown = "ab"});
  BinaryFacts& facts = analysis.binaries["bin/x"];
  facts.is_elf = facts.is_64 = facts.is_dynamic = facts.is_understood = true;
  facts.opens_libraries = facts.starts_programs = facts.run_paths_are_inherited = true;
  facts.machine = 62;
  facts.interpreter = "/lib/ld.so";
  facts.soname = "x.so.1";
  facts.build_id = "00ff";
  facts.needed = {"libc.so.6"};
  facts.run_paths = {"$ORIGIN"};
  facts.packages.push_back({.name = "go", .owner = "golang"});
  facts.problems.push_back({ErrorCode::kLimit, "too large", "bin/x"});
  analysis.facts["etc/os-release"] = std::string("ID=a\n\0b", 7);
  return analysis;
}

TEST(Wire, WhatIsWrittenIsRead) {
  const LayerAnalysis before = sample();
  const std::string bytes = to_bytes(before);
  const auto after = from_bytes<LayerAnalysis>(bytes);
  ASSERT_TRUE(after);
  EXPECT_EQ(to_bytes(*after), bytes);
  const Entry& entry = after->content.entries[0];
  EXPECT_EQ(entry.path, "a/b");
  EXPECT_EQ(entry.type, Entry::Type::kSymbolicLink);
  EXPECT_EQ(entry.sum, UINT64_MAX);
  EXPECT_EQ(after->content.problems[0].code, ErrorCode::kLimit);
  EXPECT_EQ(after->packages.begin()->second.packages, before.packages.begin()->second.packages);
  EXPECT_EQ(after->facts, before.facts);
  const FoundSecret& secret = after->secrets.at(0);
  EXPECT_EQ(secret.detector + secret.title + secret.family + secret.shown, "dtfab");
  EXPECT_EQ(secret.severity, Severity::kCritical);
  EXPECT_EQ(secret.end_position.column, 9U);
  const BinaryFacts& facts = after->binaries.at("bin/x");
  EXPECT_TRUE(facts.is_elf && facts.is_64 && facts.is_dynamic && facts.is_understood);
  EXPECT_TRUE(facts.opens_libraries && facts.starts_programs && facts.run_paths_are_inherited);
  EXPECT_EQ(facts.machine, 62U);
  EXPECT_EQ(facts.interpreter + ' ' + facts.soname + ' ' + facts.build_id,
            "/lib/ld.so x.so.1 00ff");
  EXPECT_EQ(facts.needed, before.binaries.at("bin/x").needed);
  EXPECT_EQ(facts.run_paths, before.binaries.at("bin/x").run_paths);
  EXPECT_EQ(facts.packages, before.binaries.at("bin/x").packages);
  EXPECT_EQ(facts.problems.size(), 1U);
}

TEST(Wire, EveryCutIsRefused) {
  const std::string bytes = to_bytes(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(from_bytes<LayerAnalysis>(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(from_bytes<LayerAnalysis>(bytes + "x"));
}

TEST(Wire, LongClaimsAreRefused) {
  EXPECT_FALSE(from_bytes<PackageReadings>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
  EXPECT_FALSE(from_bytes<PackageReadings>("\xff\xff\xff\x7f"));
}

}  // namespace
}  // namespace plimsoll::image
