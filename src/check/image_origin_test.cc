#include "check/image_origin.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plimsoll::check {
namespace {

image::Inventory image_with_layer() {
  image::Inventory image;
  image.image.layers.push_back({.diff_id = "sha256:0123456789abcdef0123",
                                .instruction = "/bin/sh -c #(nop) COPY dir:x in /app "});
  return image;
}

std::vector<ImageItem> items(std::size_t count) {
  std::vector<ImageItem> some;
  for (std::size_t i = 0; i < count; ++i) some.push_back({"f" + std::to_string(i), 0, "mode 4755"});
  return some;
}

TEST(ImageOrigin, IsTheLayerAndTheInstruction) {
  Finding finding;
  add_origin(finding, image_with_layer(), 0);
  const std::vector<Fact> want{{"layer", "0123456789ab"}, {"instruction", "COPY dir:x in /app"}};
  EXPECT_EQ(finding.evidence, want);
}

TEST(ImageOrigin, OfALayerThatIsNotThereIsNone) {
  Finding finding;
  add_origin(finding, image_with_layer(), 7);
  EXPECT_TRUE(finding.evidence.empty());
}

TEST(ImageOrigin, ALongInstructionIsCutAndHasNoControlCharacters) {
  image::Inventory image = image_with_layer();
  image.image.layers[0].instruction = "RUN \x1b[31m" + std::string(5000, 'x');
  Finding finding;
  add_origin(finding, image, 0);
  EXPECT_LT(finding.evidence[1].value.size(), 300U);
  EXPECT_EQ(finding.evidence[1].value.find('\x1b'), std::string::npos);
}

TEST(ImageOrigin, PackagesAreFoundByTheirLayer) {
  EXPECT_EQ(layer_of(image_with_layer(), "sha256:0123456789abcdef0123"), 0U);
  EXPECT_FALSE(layer_of(image_with_layer(), "sha256:other"));
  EXPECT_FALSE(layer_of(image_with_layer(), ""));
}

TEST(ImageItems, AreNamedUpToThree) {
  EXPECT_EQ(name_paths(items(1)), "'/f0'");
  EXPECT_EQ(name_paths(items(2)), "'/f0' and '/f1'");
  EXPECT_EQ(name_paths(items(3)), "'/f0', '/f1' and '/f2'");
  EXPECT_EQ(name_items(items(30)), "'f0', 'f1', 'f2' and 27 more");
}

TEST(ImageItems, AreShownUpToTwenty) {
  Finding finding;
  add_items(finding, image_with_layer(), "file", items(25));
  ASSERT_EQ(finding.evidence.size(), 2 + kMostShownItems + 1);
  EXPECT_EQ(finding.evidence[2], (Fact{"file", "f0, mode 4755, layer 0123456789ab"}));
  EXPECT_EQ(finding.evidence.back(), (Fact{"file", "and 5 more"}));
}

}  // namespace
}  // namespace plimsoll::check
