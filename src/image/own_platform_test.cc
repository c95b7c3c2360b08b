#include "image/own_platform.h"

#include <gtest/gtest.h>

#include "image/sample_store.h"

namespace plimsoll::image {
namespace {

/// A layout with an image for each architecture.
void fill(SampleStore& store, const std::vector<std::string>& architectures) {
  std::string manifests;
  for (const std::string& architecture : architectures) {
    const std::string config =
        R"({"os":"linux","architecture":")" + architecture + R"(","rootfs":{"diff_ids":[]}})";
    const std::string manifest =
        R"({"config":{"digest":")" + store.blob(config) + R"("},"layers":[]})";
    manifests +=
        (manifests.empty() ? "" : ",") +
        (R"({"platform":{"os":"linux","architecture":")" + architecture + R"("},"digest":")") +
        store.blob(manifest) + R"("})";
  }
  store.files["oci-layout"] = "{}";
  store.files["index.json"] = R"({"manifests":[)" + manifests + "]}";
}

std::string nearest(const std::vector<std::string>& architectures, const Platform& said = {}) {
  SampleStore store;
  fill(store, architectures);
  const auto image = read_nearest_image(store, {.name = {}, .platform = said});
  return image ? image->platform.architecture : image.error().message;
}

TEST(NearestImage, IsThisMachinesWhereThereAreSeveral) {
  const std::string own = own_platform().architecture;
  EXPECT_EQ(nearest({"vax", own, "pdp11"}), own);
  EXPECT_EQ(nearest({"vax", own}, {"linux", "vax", ""}), "vax");
}

TEST(NearestImage, IsTheFirstWhereThereIsNoneForThisMachine) {
  EXPECT_EQ(nearest({"vax", "pdp11"}), "vax");
}

TEST(OwnPlatform, IsSpelledAsImagesSpellIt) {
  EXPECT_EQ(own_platform().os, "linux");
  EXPECT_NE(own_platform().architecture, "x86_64");
  EXPECT_FALSE(own_platform().architecture.empty());
}

}  // namespace
}  // namespace plimsoll::image
