#include "secret/detector.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <set>
#include <string>

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

TEST(Detectors, AreManyAndEachHasOneName) {
  EXPECT_GE(all_detectors().size(), 200U);
  std::set<std::string_view> ids;
  for (const Detector* detector : all_detectors()) {
    EXPECT_TRUE(ids.insert(detector->id).second) << detector->id;
  }
}

TEST(Detectors, SayWhatTheyAre) {
  for (const Detector* detector : all_detectors()) {
    SCOPED_TRACE(detector->id);
    EXPECT_EQ(detector->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string_view::npos);
    EXPECT_FALSE(detector->title.empty());
    EXPECT_TRUE(detector->source.starts_with("https://"));
    const bool has_keyword = !detector->keywords.empty() || !detector->caseless_keywords.empty() ||
                             detector->pair != '\0';
    EXPECT_TRUE(has_keyword);
    EXPECT_EQ(detector->find != nullptr, detector->shape == Shape::kFound);
  }
}

TEST(Detectors, HavePatternsOfRe2) {
  for (const Detector* detector : all_detectors()) {
    if (detector->shape == Shape::kFound) continue;
    const re2::RE2 pattern(std::string(detector->pattern), re2::RE2::Latin1);
    EXPECT_TRUE(pattern.ok()) << detector->id << ": " << pattern.error();
    EXPECT_LE(detector->group, pattern.NumberOfCapturingGroups()) << detector->id;
    EXPECT_LT(detector->group, 4) << detector->id;
  }
}

TEST(Detectors, AreFoundByThePeersNames) {
  const auto found = find_detectors("trivy:github-pat");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front()->id, "github-pat");
  EXPECT_EQ(find_detectors("aws-access-token").front()->id, "aws-access-key-id");
  EXPECT_GT(find_detectors("trivy:slack-access-token").size(), 1U);
  EXPECT_TRUE(find_detectors("no-such-token").empty());
}

}  // namespace
}  // namespace plimsoll::secret
