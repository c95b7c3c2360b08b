#include "check/pulled_image.h"

#include <gtest/gtest.h>

namespace plimsoll::check {
namespace {

Workload runs(std::string image, Form form = Form::kCompose) {
  Workload workload;
  workload.form = form;
  workload.image = {.value = std::move(image), .origin = Origin::kSet};
  return workload;
}

TEST(PulledImage, IsTheImageAsNamed) {
  const auto reference = pulled_image(runs("ghcr.io/a/b:1"));
  ASSERT_TRUE(reference);
  EXPECT_EQ(to_string(*reference), "ghcr.io/a/b:1");
}

TEST(PulledImage, IsNoneWhereItIsBuiltOrNotKnown) {
  Workload built = runs("app");
  built.build.emplace();
  EXPECT_FALSE(pulled_image(built));
  Workload unknown = runs("app");
  unknown.image.origin = Origin::kUnknown;
  EXPECT_FALSE(pulled_image(unknown));
  EXPECT_FALSE(pulled_image(runs("")));
  EXPECT_FALSE(pulled_image(runs("localhost/app:1")));
  EXPECT_FALSE(pulled_image(runs("localhost:5000/app:1")));
  EXPECT_FALSE(pulled_image(runs("sha256:0123", Form::kInspect)));
}

TEST(PulledImage, OfACommandLineMayBeBuiltByTheLineBefore) {
  EXPECT_FALSE(pulled_image(runs("myapp", Form::kDockerRun)));
  EXPECT_TRUE(pulled_image(runs("nginx", Form::kDockerRun)));
  EXPECT_TRUE(pulled_image(runs("me/myapp", Form::kDockerRun)));
  EXPECT_TRUE(pulled_image(runs("myapp", Form::kKubernetes)));
}

TEST(ImageBaseName, IsTheLastComponentWithoutTagAndDigest) {
  EXPECT_EQ(image_base_name(runs("postgres")), "postgres");
  EXPECT_EQ(image_base_name(runs("r.example.com:5000/a/redis:7@sha256:00")), "redis");
  EXPECT_EQ(image_base_name(Workload{}), "");
}

}  // namespace
}  // namespace plimsoll::check
