#include "workload/image_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "embedded/image_facts.h"
#include "workload/image_facts_table.h"

namespace plimsoll {
namespace {

const std::string kDigest = "@sha256:" + std::string(64, 'a');

ImageReference image(std::string_view text) {
  auto reference = parse_image_reference(text);
  EXPECT_TRUE(reference) << text;
  return reference.value_or(ImageReference{});
}

struct User {
  std::string_view image, want;
};
class DefaultUserTest : public testing::TestWithParam<User> {};

TEST_P(DefaultUserTest, IsWhatTheConfigNames) {
  EXPECT_EQ(default_user(image(GetParam().image)), GetParam().want) << GetParam().image;
}

INSTANTIATE_TEST_SUITE_P(
    ImageFacts, DefaultUserTest,
    testing::Values(User{"node:20", "root"}, User{"nginx", "root"},
                    User{"nginxinc/nginx-unprivileged:1.27", "101"}, User{"memcached", "memcache"},
                    User{"gcr.io/distroless/static-debian12", "root"},
                    User{"gcr.io/distroless/static-debian12:nonroot", "65532"},
                    User{"gcr.io/distroless/java17-debian12:debug-nonroot", "65532"},
                    User{"gcr.io/distroless/cc:debug", "root"},
                    User{"cgr.dev/chainguard/node:latest", "65532"},
                    User{"cgr.dev/chainguard/wolfi-base", "root"},
                    User{"cgr.dev/acme/python:3.12", "65532"}, User{"bitnami/redis:7", "1001"},
                    User{"grafana/grafana:10.0.0", "472"}, User{"prom/prometheus", "nobody"},
                    User{"elasticsearch:7.17.0", "root"}, User{"elasticsearch:8.5.0", "1000"},
                    User{"mcr.microsoft.com/dotnet/aspnet:8.0", "root"},
                    User{"mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled", "1654"},
                    User{"gitea/gitea:1.22-rootless", "1000"}, User{"scratch", "root"},
                    User{"example.com/unheard/of", ""}, User{"unheard-of", ""}));

TEST(ImageFactsTest, MirrorsAndArchitecturesOfTheHubAreTheHub) {
  const ImageFacts* node = find_image_facts(image("node"));
  ASSERT_NE(node, nullptr);
  for (const std::string_view mirror :
       {"docker.io/library/node", "index.docker.io/node", "public.ecr.aws/docker/library/node",
        "mirror.gcr.io/library/node", "arm64v8/node", "registry.hub.docker.com/library/node"}) {
    EXPECT_EQ(find_image_facts(image(mirror)), node) << mirror;
  }
  EXPECT_EQ(find_image_facts(image("ghcr.io/library/node")), nullptr);
  EXPECT_EQ(find_image_facts(image("public.ecr.aws/library/node")), nullptr);
}

TEST(ImageFactsTest, RowsAboutATagAddToTheRowAboutEveryTag) {
  const ImageFacts* alpine = find_image_facts(image("postgres:16-alpine"));
  ASSERT_NE(alpine, nullptr);
  EXPECT_EQ(alpine->uid, 70U);
  EXPECT_EQ(alpine->gid, 70U);
  EXPECT_EQ(alpine->nonroot_user, "postgres");
  EXPECT_EQ(alpine->drops_root, DropsRoot::kEntrypoint);
  EXPECT_TRUE(alpine->from_sources);
  EXPECT_EQ(find_image_facts(image("postgres:16"))->uid, 999U);
}

TEST(ImageFactsTest, NotKnownAndKnownToBeNoneDiffer) {
  const ImageFacts* memcached = find_image_facts(image("memcached"));
  ASSERT_TRUE(memcached->caps.has_value());
  EXPECT_TRUE(memcached->caps->empty());
  EXPECT_FALSE(find_image_facts(image("pihole/pihole"))->caps.has_value());
}

TEST(ImageFactsTest, ListsAreSplit) {
  const ImageFacts* nginx = find_image_facts(image("nginx:1.27"));
  EXPECT_EQ(nginx->caps.value(), (std::vector<std::string_view>{"CHOWN", "SETGID", "SETUID"}));
  EXPECT_EQ(nginx->drops_root, DropsRoot::kWorkers);
  EXPECT_EQ(nginx->has_healthcheck, false);
}

TEST(ImageFactsTest, ADigestAloneLeavesOpenWhatOnlyTheTagTells) {
  EXPECT_EQ(default_user(image("gcr.io/distroless/static" + kDigest)), "");
  EXPECT_EQ(has_shell(image("gcr.io/distroless/static" + kDigest)), std::nullopt);
  EXPECT_EQ(family_of(image("nginx" + kDigest)), ImageFamily::kUnknown);
  EXPECT_EQ(default_user(image("gcr.io/distroless/static:nonroot" + kDigest)), "65532");
  EXPECT_EQ(default_user(image("node" + kDigest)), "root");
}

struct Traits {
  std::string_view image;
  ImageFamily family;
  bool minimal;
  std::optional<bool> shell;
};
class TraitsTest : public testing::TestWithParam<Traits> {};

TEST_P(TraitsTest, FollowFromTagAndRepository) {
  const ImageReference reference = image(GetParam().image);
  EXPECT_EQ(to_string(family_of(reference)), to_string(GetParam().family)) << GetParam().image;
  EXPECT_EQ(is_minimal(reference), GetParam().minimal) << GetParam().image;
  EXPECT_EQ(has_shell(reference), GetParam().shell) << GetParam().image;
}

using enum ImageFamily;
INSTANTIATE_TEST_SUITE_P(
    ImageFacts, TraitsTest,
    testing::Values(
        Traits{"node:20", kDebian, false, true}, Traits{"node:20-slim", kDebian, true, true},
        Traits{"node:20-alpine3.19", kAlpine, true, true},
        Traits{"python:3.12-slim-bookworm", kDebian, true, true},
        Traits{"python:3.12-windowsservercore-ltsc2022", kWindows, false, true},
        Traits{"eclipse-temurin:21-jre", kUbuntu, false, true},
        Traits{"eclipse-temurin:21-ubi9-minimal", kRedhat, true, true},
        Traits{"openjdk:8", kDebian, false, true}, Traits{"openjdk:17", kRedhat, false, true},
        Traits{"alpine:3.20", kAlpine, true, true}, Traits{"ubuntu:jammy", kUbuntu, false, true},
        Traits{"busybox", kBusybox, true, true}, Traits{"scratch", kScratch, true, false},
        Traits{"gcr.io/distroless/base-debian12", kDistroless, true, false},
        Traits{"gcr.io/distroless/base-debian12:debug", kDistroless, true, true},
        Traits{"cgr.dev/chainguard/node", kWolfi, true, false},
        Traits{"cgr.dev/chainguard/node:latest-dev", kWolfi, true, true},
        Traits{"mcr.microsoft.com/dotnet/runtime:8.0-jammy", kUbuntu, false, true},
        Traits{"mcr.microsoft.com/dotnet/runtime:8.0-noble-chiseled", kDistroless, true, false},
        Traits{"registry.access.redhat.com/ubi9/ubi-micro", kRedhat, true, true},
        Traits{"nvidia/cuda:12.2.0-base-centos7", kRedhat, false, true},
        Traits{"example.com/me/alpine-node:1", kAlpine, true, true},
        Traits{"example.com/me/app:1.2-bullseye", kDebian, false, true},
        Traits{"example.com/me/stream:1", kUnknown, false, std::nullopt},
        Traits{"example.com/me/app:1", kUnknown, false, std::nullopt}));

TEST(ImageFactsTableTest, TagGlobsMayHoldManyStars) {
  const ImageFactsTable& table = ImageFactsTable::builtin();
  for (const ImageFacts& row : table.rows()) EXPECT_FALSE(row.tags.empty()) << row.image;
  // '*fpm*alpine*' has to walk past the first "fpm".
  EXPECT_EQ(find_image_facts(image("php:8-fpm-x-fpm-alpine3.19"))->uid, 82U);
}

TEST(ImageFactsTableTest, EveryRowIsFoundUnderItsOwnName) {
  for (const ImageFacts& row : ImageFactsTable::builtin().rows()) {
    std::string name(row.image);
    if (name.ends_with("/*")) name.replace(name.size() - 1, 1, "some-image-nobody-named");
    const auto rows = ImageFactsTable::builtin().find(image(name));
    ASSERT_FALSE(rows.empty()) << row.image;
    EXPECT_EQ(rows.front().image, row.image);
  }
}

TEST(ImageFactsTableTest, RowsAreSortedAndEndWithTheRowForEveryTag) {
  const auto rows = ImageFactsTable::builtin().rows();
  ASSERT_GT(rows.size(), 200U);
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(),
                             [](const auto& a, const auto& b) { return a.image < b.image; }));
  EXPECT_EQ(rows.back().tags, "*");
}

TEST(ImageFactsTableTest, CapabilitiesAndPathsLookLikeThem) {
  for (const ImageFacts& row : ImageFactsTable::builtin().rows()) {
    for (const auto* caps : {&row.caps, &row.caps_nonroot}) {
      for (const std::string_view cap : caps->value_or(std::vector<std::string_view>{})) {
        EXPECT_EQ(cap.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), std::string_view::npos)
            << row.image << ' ' << cap;
      }
    }
    for (const auto* paths : {&row.volumes, &row.writable_paths}) {
      for (const std::string_view path : paths->value_or(std::vector<std::string_view>{})) {
        EXPECT_TRUE(path.starts_with('/')) << row.image << ' ' << path;
      }
    }
    EXPECT_FALSE(row.drops_root != DropsRoot::kNone && row.drops_root != DropsRoot::kUnknown &&
                 !row.user.empty() && !row.is_root())
        << row.image << " steps down without being root";
  }
}

TEST(ImageFactsTableTest, IsReadInUnderAMillisecond) {
  using Clock = std::chrono::steady_clock;
  auto best = Clock::duration::max();
  for (int i = 0; i < 20; ++i) {
    const auto start = Clock::now();
    const ImageFactsTable table(embedded::image_facts);
    best = std::min(best, Clock::now() - start);
    EXPECT_FALSE(table.rows().empty());
  }
  RecordProperty(
      "microseconds",
      static_cast<int>(std::chrono::duration_cast<std::chrono::microseconds>(best).count()));
  EXPECT_LT(best,
            std::chrono::milliseconds(20));  // 1 ms, with room for sanitizers and busy machines
}

}  // namespace
}  // namespace plimsoll
