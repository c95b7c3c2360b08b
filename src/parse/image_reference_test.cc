#include "parse/image_reference.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

constexpr std::string_view kHex =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct Canonical {
  std::string_view in, want;
};
class CanonicalTest : public testing::TestWithParam<Canonical> {};

TEST_P(CanonicalTest, NormalisesLikeDocker) {
  const auto reference = parse_image_reference(GetParam().in);
  ASSERT_TRUE(reference) << reference.error().message;
  EXPECT_EQ(to_string(*reference), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    ImageReference, CanonicalTest,
    testing::Values(Canonical{"alpine", "docker.io/library/alpine:latest"},
                    Canonical{"alpine:3.20", "docker.io/library/alpine:3.20"},
                    Canonical{"library/alpine", "docker.io/library/alpine:latest"},
                    Canonical{"docker.io/alpine", "docker.io/library/alpine:latest"},
                    Canonical{"docker.io/library/alpine", "docker.io/library/alpine:latest"},
                    Canonical{"index.docker.io/alpine:1", "docker.io/library/alpine:1"},
                    Canonical{"index.docker.io/a/b", "docker.io/a/b:latest"},
                    Canonical{"grafana/loki:2.9.1", "docker.io/grafana/loki:2.9.1"},
                    Canonical{"localhost/a", "localhost/a:latest"},
                    Canonical{"localhost:5000/a", "localhost:5000/a:latest"},
                    Canonical{"localhost:5000", "docker.io/library/localhost:5000"},
                    Canonical{"localhost:5000/a:5000", "localhost:5000/a:5000"},
                    Canonical{"ghcr.io/x/y/z:v1", "ghcr.io/x/y/z:v1"},
                    Canonical{"[::1]:5000/a", "[::1]:5000/a:latest"},
                    Canonical{"[fe80::1]/a:b", "[fe80::1]/a:b"},
                    Canonical{"127.0.0.1:80/a", "127.0.0.1:80/a:latest"},
                    Canonical{"Registry/a", "Registry/a:latest"},
                    Canonical{"a.b-C.example/x__y/z--w.v_u", "a.b-C.example/x__y/z--w.v_u:latest"},
                    Canonical{"node:20_A.b-c", "docker.io/library/node:20_A.b-c"}));

struct Parts {
  std::string_view in, registry, repository, tag, familiar;
};
class PartsTest : public testing::TestWithParam<Parts> {};

TEST_P(PartsTest, KeepsWhatWasWritten) {
  const auto reference = parse_image_reference(GetParam().in);
  ASSERT_TRUE(reference) << reference.error().message;
  EXPECT_EQ(reference->registry, GetParam().registry);
  EXPECT_EQ(reference->repository, GetParam().repository);
  EXPECT_EQ(reference->tag, GetParam().tag);
  EXPECT_EQ(reference->familiar_name(), GetParam().familiar);
}

INSTANTIATE_TEST_SUITE_P(
    ImageReference, PartsTest,
    testing::Values(Parts{"node", "docker.io", "library/node", "", "node"},
                    Parts{"docker.io/x/y:1", "docker.io", "x/y", "1", "x/y"},
                    Parts{"ghcr.io/x/y", "ghcr.io", "x/y", "", "ghcr.io/x/y"},
                    Parts{"docker.io/library/a/b", "docker.io", "library/a/b", "", "library/a/b"},
                    Parts{"docker.io/a.b/c", "docker.io", "a.b/c", "", "docker.io/a.b/c"},
                    Parts{"docker.io/localhost/c", "docker.io", "localhost/c", "",
                          "docker.io/localhost/c"}));

TEST(ImageReferenceTest, DigestStandsInForTheTag) {
  const std::string text = "node@sha256:" + std::string(kHex);
  const auto reference = parse_image_reference(text);
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->tag, "");
  EXPECT_EQ(reference->effective_tag(), "");
  EXPECT_EQ(reference->digest, "sha256:" + std::string(kHex));
  EXPECT_EQ(to_string(*reference), "docker.io/library/" + text);
}

TEST(ImageReferenceTest, KeepsTagAndDigestTogether) {
  const std::string text = "localhost:1/a/b:2@sha512:" + std::string(kHex) + std::string(kHex);
  const auto reference = parse_image_reference(text);
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->effective_tag(), "2");
  EXPECT_EQ(to_string(*reference), text);
}

TEST(ImageReferenceTest, EffectiveTagIsLatestWhenNothingWasWritten) {
  EXPECT_EQ(parse_image_reference("node")->effective_tag(), "latest");
}

TEST(ImageReferenceTest, OnlyLibraryOfTheHubIsOfficial) {
  EXPECT_TRUE(parse_image_reference("node")->is_official());
  EXPECT_FALSE(parse_image_reference("bitnami/node")->is_official());
  EXPECT_FALSE(parse_image_reference("ghcr.io/library/node")->is_official());
  EXPECT_FALSE(parse_image_reference("docker.io/library/a/b")->is_official());
}

struct Invalid {
  std::string_view in, message;
};
class InvalidTest : public testing::TestWithParam<Invalid> {};

TEST_P(InvalidTest, IsRefusedWithTheReason) {
  const auto reference = parse_image_reference(GetParam().in);
  ASSERT_FALSE(reference) << to_string(*reference);
  EXPECT_EQ(reference.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(reference.error().message, GetParam().message);
}

constexpr std::string_view kRepository = "image repository is not valid";
constexpr std::string_view kUpper = "image repository must be lower case";
constexpr std::string_view kRegistry = "image registry is not valid";
constexpr std::string_view kTag = "image tag is not valid";
constexpr std::string_view kDigest = "image digest is not valid";

INSTANTIATE_TEST_SUITE_P(
    ImageReference, InvalidTest,
    testing::Values(
        Invalid{"", "image reference is empty"},
        Invalid{kHex, "image reference is an image id, not a name"}, Invalid{"Node", kUpper},
        Invalid{"a/Node:1", kUpper}, Invalid{"ghcr.io/A/b", kUpper}, Invalid{"a..b", kRepository},
        Invalid{"a___b", kRepository}, Invalid{"a._b", kRepository}, Invalid{"-a", kRepository},
        Invalid{"a-", kRepository}, Invalid{"a//b", kRepository}, Invalid{"/a", kRepository},
        Invalid{"a/", kRepository}, Invalid{"ghcr.io/", kRepository}, Invalid{"a b", kRepository},
        Invalid{"${BASE}", kUpper}, Invalid{"\xC3\xA4", kRepository},
        Invalid{"docker://alpine", kRegistry}, Invalid{"a:b/c", kRegistry},
        Invalid{".a/b", kRegistry}, Invalid{"-a.b/c", kRegistry}, Invalid{"a.b:/c", kRegistry},
        Invalid{"[::1/c", kRegistry}, Invalid{"[]:1/c", kRegistry}, Invalid{"a:", kTag},
        Invalid{"a:.b", kTag}, Invalid{"a:b+c", kTag}, Invalid{"a@", kDigest},
        Invalid{"a@sha256:", kDigest}, Invalid{"a@sha256:0123", kDigest},
        Invalid{"a@md5:0123", kDigest}));

TEST(ImageReferenceTest, RefusesUpperCaseAndForeignDigests) {
  const std::string digits(kHex);
  EXPECT_FALSE(parse_image_reference("a@sha256:" + std::string(64, 'A')));
  EXPECT_FALSE(parse_image_reference("a@sha512:" + digits));
  EXPECT_FALSE(parse_image_reference("a@sha256:" + digits + "@sha256:" + digits));
}

TEST(ImageReferenceTest, HoldsTheLengthLimits) {
  EXPECT_TRUE(parse_image_reference("a:" + std::string(128, 't')));
  EXPECT_FALSE(parse_image_reference("a:" + std::string(129, 't')));
  EXPECT_TRUE(parse_image_reference(std::string(247, 'a')));  // + "library/"
  EXPECT_FALSE(parse_image_reference(std::string(248, 'a')));
  EXPECT_TRUE(parse_image_reference("ghcr.io/" + std::string(255, 'a')));
  EXPECT_FALSE(parse_image_reference("ghcr.io/" + std::string(256, 'a')));
}

}  // namespace
}  // namespace plimsoll
