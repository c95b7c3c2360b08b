#include "config/path_pattern.h"

#include <gtest/gtest.h>

namespace plimsoll::config {
namespace {

TEST(PathPattern, AFolderHoldsForAllBelowIt) {
  for (const char* text : {"vendor", "vendor/", "vendor/**", "./vendor"}) {
    const auto pattern = PathPattern::compile(text);
    ASSERT_TRUE(pattern) << text;
    EXPECT_TRUE(pattern->matches("vendor/a/Dockerfile")) << text;
    EXPECT_FALSE(pattern->matches("vendored/Dockerfile")) << text;
    EXPECT_FALSE(pattern->matches("a/vendor/Dockerfile")) << text;
  }
}

TEST(PathPattern, DoubleStarsCrossFolders) {
  const auto pattern = PathPattern::compile("**/Dockerfile");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->matches("Dockerfile"));
  EXPECT_TRUE(pattern->matches("a/b/Dockerfile"));
  EXPECT_FALSE(PathPattern::compile("*.yaml")->matches("a/b.yaml"));
}

TEST(PathPattern, TheRootItselfHoldsForEverything) {
  EXPECT_TRUE(PathPattern::compile(".")->matches("a/b"));
}

TEST(PathPattern, RefusesWhatIsNoGlobBelowTheFolder) {
  for (const char* text : {"", "/etc", "../x", "a/../../x", "[a", "a\\"}) {
    EXPECT_FALSE(PathPattern::compile(text)) << text;
  }
  EXPECT_FALSE(PathPattern::compile(std::string(5000, 'a')));
}

}  // namespace
}  // namespace plimsoll::config
