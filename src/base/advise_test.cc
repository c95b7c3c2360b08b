#include "base/advise.h"

#include <gtest/gtest.h>

#include "base/sample_index.h"

namespace plimsoll::base {
namespace {

constexpr Date kToday{2026, 11, 22};

Vulnerability vulnerability(std::string id, Severity severity) {
  Vulnerability made;
  made.id = std::move(id);
  made.severity = severity;
  return made;
}

class AdviseTest : public testing::Test {
 protected:
  void put(const std::string& name, char id, const std::string& created = "2024-01-01T00:00:00Z",
           const std::string& platform = "linux/amd64") {
    Addition addition = sample_addition(name, id, created);
    addition.document.image->platform = platform;
    EXPECT_TRUE(add(folder_.path(), addition));
  }
  /// "python:3.11-slim (slim), …" of what can be built on instead.
  std::string all(const std::string& name, bool is_certain = true) {
    index_ = Index::open(folder_.path());
    const auto entries = index_.named(name, "linux/amd64");
    const Present present{.image = {.reference = *reference_of(name), .os = "debian 12"},
                          .platform = "linux/amd64",
                          .entry = is_certain && !entries.empty() ? entries.front() : nullptr};
    std::string text;
    for (const Alternative& each : alternatives(index_, present)) {
      text += (text.empty() ? "" : ", ") + each.name + " (";
      for (const Step step : each.steps) text += std::string(to_string(step)) + ' ';
      text.back() = ')';
    }
    return text;
  }
  std::string worth(const std::string& name) {
    std::string text;
    for (const std::string& each :
         worth_adding(Index::open(folder_.path()), *reference_of(name), kToday)) {
      text += (text.empty() ? "" : " ") + each;
    }
    return text;
  }
  SampleIndex folder_;
  Index index_;
};

TEST_F(AdviseTest, FindsTheLaterImageOfTheTag) {
  put("python:3.11", 'a', "2024-01-01T00:00:00Z");
  put("python:3.11", 'b', "2024-02-01T00:00:00Z");
  put("python:3.11", 'c', "2024-03-01T00:00:00Z");
  EXPECT_EQ(all("python:3.11"), "python:3.11 (refresh)");
  EXPECT_EQ(index_.entries().size(), 3U) << "the newest only";
}

TEST_F(AdviseTest, OfAnImageThatIsNotInTheIndexNoRefreshIsKnown) {
  put("python:3.11", 'a');
  put("python:3.11-slim", 'b');
  EXPECT_EQ(all("python:3.11", false), "python:3.11-slim (slim)");
}

TEST_F(AdviseTest, WhatWasMadeAfterWhatIsBuiltOnItIsARefresh) {
  put("python:3.11", 'a', "2024-02-01T00:00:00Z");
  const auto found = [this](const std::string& before, std::vector<std::uint32_t> version) {
    index_ = Index::open(folder_.path());
    return alternatives(index_, {.image = {.reference = *reference_of("python:3.11"),
                                           .os = "debian 12",
                                           .version = std::move(version)},
                                 .platform = "linux/amd64",
                                 .before = before})
        .size();
  };
  EXPECT_EQ(found("2024-01-01T00:00:00Z", {}), 1U);
  EXPECT_EQ(found("2024-03-01T00:00:00Z", {}), 0U) << "nobody knows";
  EXPECT_EQ(found("1970-01-01T00:00:00Z", {}), 0U) << "it hides when it was made";
  EXPECT_EQ(found("", {}), 0U);
  Addition later = sample_addition("python:3.11", 'b', "2024-02-02T00:00:00Z");
  later.settings.environment = {"PYTHON_VERSION=3.11.9"};
  ASSERT_TRUE(add(folder_.path(), later));
  EXPECT_EQ(found("2024-03-01T00:00:00Z", {3, 11, 4}), 1U) << "a later patch is later";
  EXPECT_EQ(found("2024-01-01T00:00:00Z", {3, 11, 10}), 0U);
}

TEST_F(AdviseTest, FindsOtherReleasesAndFlavours) {
  put("python:3.11", 'a');
  put("python:3.12", 'b');
  put("python:3.11-slim", 'c');
  put("python:3.10", 'd');
  put("node:20", 'e');
  put("gcr.io/distroless/python3-debian12:nonroot", 'f');
  EXPECT_EQ(all("python:3.11"),
            "gcr.io/distroless/python3-debian12:nonroot (distroless), python:3.11-slim (slim), "
            "python:3.12 (minor)");
}

TEST_F(AdviseTest, OneImageIsTakenUnderTheNameThatIsTheLeastWork) {
  put("python:3.11", 'a');
  put("python:3.12", 'b', "2024-02-01T00:00:00Z");
  put("python:3", 'b', "2024-02-01T00:00:00Z");
  put("python:3.11", 'b', "2024-02-01T00:00:00Z");
  EXPECT_EQ(all("python:3.11"), "python:3.11 (refresh)");
}

TEST_F(AdviseTest, AMorePreciseNameOfTheLineIsAPatchWhenItIsLater) {
  put("python:3.11", 'a', "2024-02-01T00:00:00Z");
  put("python:3.11.3", 'b', "2024-01-01T00:00:00Z");
  put("python:3.11.9", 'c', "2024-03-01T00:00:00Z");
  EXPECT_EQ(all("python:3.11"), "python:3.11.9 (patch)");
}

TEST_F(AdviseTest, OfSeveralNamesOneIsTakenThatSaysAsMuch) {
  put("python:3.11.4-bookworm", 'a', "2024-02-01T00:00:00Z");
  for (const char* name : {"python:3.11", "python:3.11-bookworm", "python:3.11.9",
                           "python:3.11.9-bookworm", "python:3.11.9-slim"}) {
    put(name, 'b', "2024-03-01T00:00:00Z");
  }
  EXPECT_EQ(all("python:3.11.4-bookworm"), "python:3.11.9-bookworm (patch)");
}

TEST_F(AdviseTest, ItsVersionIsTheOneThatTheImageSays) {
  const auto put_release = [this](const std::string& name, char id, const std::string& version) {
    Addition addition = sample_addition(name, id);
    addition.settings.environment = {"PATH=/bin", "PYTHON_VERSION=" + version};
    EXPECT_TRUE(add(folder_.path(), addition));
  };
  put_release("python:3.11", 'a', "3.11.4");
  put_release("python:3", 'b', "3.13.9");
  put_release("python:3.11", 'c', "3.11.15");
  EXPECT_EQ(all("python:3.11"), "python:3 (minor), python:3.11 (refresh)");
}

TEST_F(AdviseTest, AnotherPlatformIsNoAlternative) {
  put("python:3.11", 'a');
  put("python:3.12", 'b', "2024-02-01T00:00:00Z", "linux/arm64");
  EXPECT_EQ(all("python:3.11"), "");
}

TEST_F(AdviseTest, WhatIsWorthAddingIsNotThereYet) {
  EXPECT_EQ(worth("python:3.11"), "python:3.11 python:3.11-slim python:3.11-alpine python:3.14");
  put("python:3.11", 'a');
  put("python:3.11-slim", 'b');
  EXPECT_EQ(worth("python:3.11"), "python:3.11-alpine python:3.14");
  EXPECT_EQ(worth("registry.example/team/app:1"), "registry.example/team/app:1")
      << "no tag is invented";
  EXPECT_EQ(worth("ubuntu:22.04"), "ubuntu:22.04 ubuntu:26.04") << "Debian would not be compared";
}

TEST_F(AdviseTest, WeighsWhatGoesAgainstWhatItCosts) {
  report::Document present = sample_addition("python:3.11", 'a').document;
  present.image->os = "debian 10";
  present.advisories_made = "2026-11-22";
  present.vulnerabilities = {vulnerability("CVE-1", Severity::kCritical),
                             vulnerability("CVE-2", Severity::kLow)};
  report::Document other = sample_addition("python:3.12", 'b').document;
  other.advisories_made = "2026-11-22";
  other.packages.pop_back();
  other.image->bytes = 40'000'000;
  other.vulnerabilities = {vulnerability("CVE-2", Severity::kLow),
                           vulnerability("CVE-3", Severity::kMedium)};
  Entry entry;
  const auto weighed =
      weigh({&entry, "python:3.12", {Step::kMinor, Step::kDistribution}}, present, other, kToday);
  ASSERT_EQ(weighed.reasons.size(), 4U);
  EXPECT_EQ(weighed.reasons[0], "removes 1 critical");
  EXPECT_EQ(weighed.gain, "removes 1 critical");
  EXPECT_EQ(weighed.reasons[1], "brings 1 medium");
  EXPECT_TRUE(weighed.reasons[2].starts_with("Debian 12 ")) << weighed.reasons[2];
  EXPECT_EQ(weighed.reasons[3], "1 package less, 60 MB less");
  EXPECT_EQ(weighed.caveats.size(), 2U);
  EXPECT_GT(weighed.rank, 0);
  const auto cheaper = weigh({&entry, "python:3.11", {Step::kRefresh}}, present, other, kToday);
  EXPECT_GT(cheaper.rank, weighed.rank);
  const auto worse = weigh({&entry, "python:3.11", {Step::kRefresh}}, other, present, kToday);
  EXPECT_LT(worse.rank, 0);
}

TEST_F(AdviseTest, WhatWasNotJudgedIsNotCalledBetter) {
  report::Document present = sample_addition("python:3.11", 'a').document;
  present.advisories_made = "2026-11-22";
  present.vulnerabilities = {vulnerability("CVE-1", Severity::kCritical)};
  report::Document other = sample_addition("python:3.11-alpine", 'b').document;
  other.advisories_made = "2026-11-22";
  other.unjudged = {{.ecosystem = "Alpine:v9", .reason = "x", .packages = 2, .is_of_system = true}};
  Entry entry;
  const auto weighed =
      weigh({&entry, "python:3.11-alpine", {Step::kAlpine}}, present, other, kToday);
  EXPECT_EQ(weighed.reasons.front(), "its vulnerabilities are not known");
  EXPECT_EQ(weighed.mends.total(), 0U);
  EXPECT_FALSE(weighed.figures.is_judged);
  EXPECT_LE(weighed.rank, 0) << "for all that it has a package less";
  const auto back = weigh({&entry, "python:3.11", {Step::kMinor}}, other, present, kToday);
  EXPECT_EQ(back.reasons.front(), "what it mends is not known");
  EXPECT_LE(back.rank, 0);
}

TEST_F(AdviseTest, WhatSpeaksForItIsNeverWhatItBrings) {
  report::Document present = sample_addition("debian:10", 'a').document;
  present.image->os = "debian 10";
  present.advisories_made = "2026-11-22";
  report::Document other = sample_addition("debian:13", 'b').document;
  other.image->os = "debian 13";
  other.advisories_made = "2026-11-22";
  other.vulnerabilities = {vulnerability("CVE-3", Severity::kLow)};
  Entry entry;
  const auto weighed = weigh({&entry, "debian:13", {Step::kMajor}}, present, other, kToday);
  EXPECT_GT(weighed.rank, 0);
  EXPECT_EQ(weighed.reasons.front(), "brings 1 low");
  EXPECT_TRUE(weighed.gain.starts_with("leaves a distribution that has ended")) << weighed.gain;
}

}  // namespace
}  // namespace plimsoll::base
