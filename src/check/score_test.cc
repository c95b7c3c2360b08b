#include "check/score.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

constexpr auto kUser = static_cast<std::size_t>(Control::kNonRootUser);
constexpr auto kLogs = static_cast<std::size_t>(Control::kBoundedLogging);
constexpr auto kScan = static_cast<std::size_t>(Control::kVulnerabilityScanning);

Verdict subject(const std::string& id, const std::string& kind) {
  Verdict verdict;
  verdict.subject = {id, kind, id, id};
  verdict.applicable[kUser] = true;
  verdict.weight[kUser] = 5;
  verdict.applicable[kLogs] = true;
  verdict.weight[kLogs] = 1;
  return verdict;
}

Finding finding(const std::string& subject, Control control, Severity severity) {
  Finding finding;
  finding.subject = subject;
  finding.control = control;
  finding.severity = severity;
  return finding;
}

TEST(Score, IsPassedOverDecidedWeight) {
  const Score got =
      score({subject("a", "service")}, {finding("a", Control::kNonRootUser, Severity::kHigh)});
  EXPECT_TRUE(got.known);
  EXPECT_EQ(got.percent, 16);  // 1 of 6
}

TEST(Score, InfoAndSuppressedFindingsDoNotFail) {
  Finding suppressed = finding("a", Control::kNonRootUser, Severity::kHigh);
  suppressed.suppressed = Suppression{"plimsoll", "", ""};
  const Score got = score({subject("a", "service")},
                          {suppressed, finding("a", Control::kBoundedLogging, Severity::kInfo)});
  EXPECT_EQ(got.percent, 100);
}

TEST(Score, UnknownIsNeitherPassedNorFailed) {
  Verdict verdict = subject("a", "service");
  verdict.unknown[kUser] = true;
  const Score got = score({verdict}, {});
  EXPECT_EQ(got.percent, 100);
  EXPECT_EQ(got.controls[kUser].status, Status::kUnknown);
  EXPECT_EQ(got.controls[kUser].unknown, 1);
}

TEST(Score, IsTheMeanOfTheSubjects) {
  const Score got = score({subject("a", "service"), subject("b", "service")},
                          {finding("a", Control::kNonRootUser, Severity::kHigh),
                           finding("a", Control::kBoundedLogging, Severity::kLow)});
  EXPECT_EQ(got.percent, 50);
  EXPECT_EQ(got.controls[kUser].passed, 1);
  EXPECT_EQ(got.controls[kUser].failed, 1);
}

TEST(Score, AFindingCountsForEverySubjectItNames) {
  Finding both = finding("a", Control::kNonRootUser, Severity::kHigh);
  both.also = {"b"};
  const Score got = score({subject("a", "service"), subject("b", "service")}, {both});
  EXPECT_EQ(got.controls[kUser].failed, 2);
}

TEST(Score, WhatARepositoryLacksItsImagesLack) {
  Verdict image = subject("Dockerfile", "dockerfile");
  image.applicable[kScan] = true;
  image.weight[kScan] = 3;
  Verdict project;
  project.subject = {"project", "project", ".", "."};
  project.scored = false;
  const Score got = score({image, project},
                          {finding("project", Control::kVulnerabilityScanning, Severity::kMedium),
                           finding("project", Control::kNonRootUser, Severity::kHigh)});
  EXPECT_EQ(got.controls[kScan].failed, 1);
  EXPECT_EQ(got.controls[kUser].failed, 0) << "only repository-wide controls are handed down";
}

TEST(Score, OfNothingIsNotKnown) {
  EXPECT_FALSE(score({}, {}).known);
}

}  // namespace
}  // namespace plimsoll::check
