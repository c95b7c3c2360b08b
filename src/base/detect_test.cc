#include "base/detect.h"

#include <gtest/gtest.h>

#include "base/sample_index.h"

namespace plimsoll::base {
namespace {

/// An image with these layers, "1a2" for l1, la, l2.
ImageSummary image(std::string_view layers) {
  ImageSummary image;
  for (const char each : layers) {
    image.layers.push_back({.diff_id = std::string("sha256:l") + each});
  }
  return image;
}

class DetectTest : public testing::Test {
 protected:
  void put(Addition addition) { ASSERT_TRUE(add(folder_.path(), addition)); }
  ImageSummary detected(ImageSummary image, std::string_view id = {}) {
    const Index index = Index::open(folder_.path());
    detect_base(index, id, image);
    return image;
  }
  SampleIndex folder_;
};

TEST_F(DetectTest, TakesTheBaseWithTheMostLayers) {
  Addition lower = sample_addition("debian:12", 'd');
  lower.document.image->layers.pop_back();
  put(lower);
  put(sample_addition("python:3.11", 'a'));
  const auto found = detected(image("1axy")).base;
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "python:3.11");
  EXPECT_EQ(found->layers, 2U);
  EXPECT_EQ(found->evidence, "layers");
  EXPECT_EQ(detected(image("1xy")).base->name, "debian:12");
}

TEST_F(DetectTest, NeedsAllOfItsLayers) {
  put(sample_addition("python:3.11", 'a'));
  EXPECT_FALSE(detected(image("1x")).base);
  EXPECT_FALSE(detected(image("a1")).base);
  EXPECT_FALSE(detected(image("")).base);
}

TEST_F(DetectTest, OutweighsTheHistoryAndTheLabel) {
  put(sample_addition("python:3.11", 'a'));
  ImageSummary labelled = image("1ax");
  labelled.base = ImageSummary::Base{.name = "node:20", .layers = 1, .evidence = "label"};
  EXPECT_EQ(detected(labelled).base->name, "python:3.11");
  labelled = image("xy");
  labelled.base = ImageSummary::Base{.name = "node:20", .layers = 1, .evidence = "label"};
  EXPECT_EQ(detected(labelled).base->name, "node:20") << "the index has nothing to say";
}

TEST_F(DetectTest, OfSeveralNamesTheLabelsIsTaken) {
  Addition addition = sample_addition("python:3.11", 'a');
  addition.names.emplace_back("python:3.11.4-bookworm");
  put(addition);
  ImageSummary labelled = image("1ax");
  labelled.base = ImageSummary::Base{.name = "docker.io/library/python:3.11.4-bookworm"};
  EXPECT_EQ(detected(labelled).base->name, "python:3.11.4-bookworm");
  EXPECT_EQ(detected(image("1ax")).base->name, "python:3.11");
}

TEST_F(DetectTest, AnImageIsNotItsOwnBase) {
  put(sample_addition("python:3.11", 'a'));
  EXPECT_FALSE(detected(image("1a"), std::string(32, 'a')).base);
  EXPECT_EQ(detected(image("1a"), std::string(32, 'b')).base->layers, 2U)
      << "another configuration on the same layers";
}

TEST_F(DetectTest, WithoutAnIndexNothingChanges) {
  EXPECT_FALSE(detected(image("1a")).base);
}

}  // namespace
}  // namespace plimsoll::base
