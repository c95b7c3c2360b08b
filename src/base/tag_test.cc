#include "base/tag.h"

#include <gtest/gtest.h>

namespace plimsoll::base {
namespace {

ImageReference reference(std::string_view text) {
  auto parsed = parse_image_reference(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : ImageReference{};
}

/// "3.11.4 slim debian:12 +fpm": a tag in one line.
std::string dump(const Tag& tag) {
  const auto join = [](const std::vector<std::uint32_t>& numbers) {
    std::string text;
    for (const std::uint32_t each : numbers)
      text += (text.empty() ? "" : ".") + std::to_string(each);
    return text;
  };
  std::string text = tag.version.empty() ? '(' + tag.channel + ')' : join(tag.version);
  if (tag.is_early) text += " early";
  if (!tag.snapshot.empty()) text += " of " + tag.snapshot;
  text += ' ' + std::string(to_string(tag.flavour));
  if (!tag.distribution.empty()) text += ' ' + tag.distribution + ':' + join(tag.release);
  for (const std::string& variant : tag.variants) text += " +" + variant;
  return text;
}

struct Case {
  std::string_view image;
  std::string_view want;
};
class TagTest : public testing::TestWithParam<Case> {};

TEST_P(TagTest, SaysWhatIsInside) {
  EXPECT_EQ(dump(read_tag(reference(GetParam().image))), GetParam().want) << GetParam().image;
}

INSTANTIATE_TEST_SUITE_P(
    Runtimes, TagTest,
    testing::Values(Case{"python", "(latest) full"}, Case{"python:slim", "(latest) slim"},
                    Case{"python:bookworm", "(latest) full debian:12"}, Case{"python:3", "3 full"},
                    Case{"python:3.11.4-slim-bookworm", "3.11.4 slim debian:12"},
                    Case{"python:3.11-bookworm", "3.11 full debian:12"},
                    Case{"python:3.13.0rc2-alpine3.20", "3.13.0 early alpine alpine-linux:3.20"},
                    Case{"python:3.12-alpine", "3.12 alpine"},
                    Case{"node:20-bookworm-slim", "20 slim debian:12"},
                    Case{"node:lts-slim", "(lts) slim"},
                    Case{"php:8.3-fpm-alpine", "8.3 alpine +fpm"},
                    Case{"eclipse-temurin:17.0.9_9-jre-jammy", "17.0.9 full ubuntu:22.4 +9 +jre"},
                    Case{"mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled",
                         "8.0 distroless ubuntu:22.4"},
                    Case{"myapp:bullseye2", "(bullseye2) full"},
                    Case{"registry.example:5000/team/python:3.11", "3.11 full"}));

INSTANTIATE_TEST_SUITE_P(
    Distributions, TagTest,
    testing::Values(Case{"debian:bookworm", "12 full"}, Case{"debian:12.5-slim", "12.5 slim"},
                    Case{"debian:bookworm-20240110-slim", "12 of 20240110 slim"},
                    Case{"debian:stable-slim", "(stable) slim"}, Case{"ubuntu:jammy", "22.4 full"},
                    Case{"ubuntu:24.04", "24.4 full"}, Case{"alpine:3.19", "3.19 full"},
                    Case{"rockylinux:9-minimal", "9 slim"}));

INSTANTIATE_TEST_SUITE_P(
    Distroless, TagTest,
    testing::Values(Case{"gcr.io/distroless/python3-debian12:nonroot", "3 distroless debian:12"},
                    Case{"gcr.io/distroless/java17-debian11", "17 distroless debian:11"},
                    Case{"gcr.io/distroless/static:debug", "() distroless +debug"},
                    Case{"cgr.dev/chainguard/python:latest", "(latest) distroless"}));

TEST(RuntimeTest, IsWhatTheImageIsThereFor) {
  EXPECT_EQ(runtime_of(reference("python:3.11")), "python");
  EXPECT_EQ(runtime_of(reference("gcr.io/distroless/python3-debian12")), "python");
  EXPECT_EQ(runtime_of(reference("gcr.io/distroless/nodejs20-debian12")), "node");
  EXPECT_EQ(runtime_of(reference("node:20")), "node");
  EXPECT_EQ(runtime_of(reference("eclipse-temurin:17")), "java");
  EXPECT_EQ(runtime_of(reference("registry.example/team/app:1")), "app");
}

TEST(NumbersTest, AreThoseOfAVersionOnly) {
  EXPECT_EQ(numbers_of("3.11"), (std::vector<std::uint32_t>{3, 11}));
  EXPECT_TRUE(numbers_of("").empty());
  EXPECT_TRUE(numbers_of("3.").empty());
  EXPECT_TRUE(numbers_of("12345678901").empty());
  EXPECT_TRUE(numbers_of("3.x").empty());
}

}  // namespace
}  // namespace plimsoll::base
