#include "check/suppression.h"

#include <gtest/gtest.h>

#include <string>

#include "core/source_file.h"
#include "parse/dockerfile.h"

namespace plimsoll::check {
namespace {

constexpr Date kToday{2026, 11, 21};

struct Read {
  explicit Read(std::string text)
      : source("Dockerfile", std::move(text)), file(dockerfile::parse(source)) {}
  [[nodiscard]] std::vector<Pragma> pragmas() const { return read_pragmas(file, kToday); }
  [[nodiscard]] Span span_of(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(source.text().find(part));
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  SourceFile source;
  dockerfile::Dockerfile file;
};

/// Whether the pragmas of the text silence a finding of `rule` at `part`.
bool silences(const std::string& text, std::string_view rule, std::string_view part,
              Severity severity = Severity::kInfo) {
  const Read read(text);
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.span = read.span_of(part);
  suppress(read.pragmas(), {&finding});
  return finding.suppressed.has_value();
}

TEST(PeerPragma, ABuildKitCommentIsAboutTheNextInstruction) {
  const std::string text =
      "FROM scratch\n# check=skip=WorkdirRelativePath,FromAsCasing\nWORKDIR app\nWORKDIR other\n";
  EXPECT_TRUE(silences(text, "workdir-relative", "app"));
  EXPECT_FALSE(silences(text, "workdir-relative", "other"));
  EXPECT_FALSE(silences(text, "legacy-key-value", "app"));
}

TEST(PeerPragma, ABuildKitDirectiveIsAboutTheFile) {
  const std::string text = "# check=skip=WorkdirRelativePath;error=true\nFROM scratch\nWORKDIR a\n";
  EXPECT_TRUE(silences(text, "workdir-relative", "WORKDIR a"));
  EXPECT_FALSE(silences(text, "legacy-key-value", "WORKDIR a"));
}

TEST(PeerPragma, BuildKitsAllIsAboutItsOwnHarmlessChecks) {
  const std::string text = "# check=skip=all\nFROM scratch\nWORKDIR a\n";
  EXPECT_TRUE(silences(text, "workdir-relative", "WORKDIR a"));
  EXPECT_FALSE(silences(text, "workdir-relative", "WORKDIR a", Severity::kHigh));
  EXPECT_FALSE(silences(text, "copy-several-to-file", "WORKDIR a"));
}

TEST(PeerPragma, WhatFollowsTwoSlashesIsTheReason) {
  const Read read("FROM scratch\n# check=skip=WorkdirRelativePath // set by the base\nWORKDIR a\n");
  const std::vector<Pragma> pragmas = read.pragmas();
  ASSERT_EQ(pragmas.size(), 1U);
  EXPECT_EQ(pragmas[0].suppression.reason, "set by the base");
  EXPECT_EQ(pragmas[0].rules, std::vector<std::string>{"buildkit:WorkdirRelativePath"});
}

TEST(PeerPragma, AHadolintStagePragmaEndsWithTheStage) {
  const std::string text =
      "# hadolint stage ignore=DL3000\nFROM scratch\nRUN id\nWORKDIR one\nFROM scratch\nWORKDIR "
      "two\n";
  EXPECT_TRUE(silences(text, "workdir-relative", "one"));
  EXPECT_FALSE(silences(text, "workdir-relative", "two"));
}

}  // namespace
}  // namespace plimsoll::check
