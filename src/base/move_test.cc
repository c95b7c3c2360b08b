#include "base/move.h"

#include <gtest/gtest.h>

#include "base/tag.h"

namespace plimsoll::base {
namespace {

/// "python:3.11 [debian 12] = 3.11.4".
Named named(std::string_view text) {
  Named image;
  if (const std::size_t version = text.find(" = "); version != std::string_view::npos) {
    image.version = numbers_of(text.substr(version + 3));
    text = text.substr(0, version);
  }
  const std::size_t mark = text.find(" [");
  const auto parsed = parse_image_reference(text.substr(0, mark));
  EXPECT_TRUE(parsed) << text;
  if (parsed) image.reference = *parsed;
  if (mark != std::string_view::npos) {
    image.os = text.substr(mark + 2, text.size() - mark - 3);
  }
  return image;
}

std::string dump(const std::optional<std::vector<Step>>& steps) {
  if (!steps) return "no";
  std::string text;
  for (const Step step : *steps) text += (text.empty() ? "" : " ") + std::string(to_string(step));
  return text.empty() ? "same line" : text;
}

struct Case {
  std::string_view from, to, want;
};
class MoveTest : public testing::TestWithParam<Case> {};

TEST_P(MoveTest, IsWhatChanges) {
  const Case& each = GetParam();
  EXPECT_EQ(dump(steps_between(named(each.from), named(each.to))), each.want)
      << each.from << " to " << each.to;
}

INSTANTIATE_TEST_SUITE_P(
    Versions, MoveTest,
    testing::Values(Case{"python:3.11", "python:3.11", "refresh"},
                    Case{"docker.io/library/python:3.11", "python:3.11", "refresh"},
                    Case{"python:3.11.4", "python:3.11.9", "patch"},
                    Case{"python:3.11.9", "python:3.11.4", "no"},
                    Case{"python:3.11", "python:3.11.9", "same line"},
                    Case{"python:3.11", "python:3.12", "minor"},
                    Case{"python:3.11", "python:3.13.0rc1", "no"},
                    Case{"python:2.7", "python:3.12", "major"}, Case{"node:20", "node:22", "major"},
                    Case{"node:22", "node:20", "no"},
                    Case{"debian:bookworm-20240110", "debian:bookworm-20240211", "patch"},
                    Case{"debian:bookworm-20240211", "debian:bookworm-20240110", "no"}));

INSTANTIATE_TEST_SUITE_P(
    VersionsOfImages, MoveTest,
    testing::Values(Case{"python:3.11", "python:3", "no"},
                    Case{"python:3.11 = 3.11.4", "python:3 = 3.13.9", "minor"},
                    Case{"python:3.13 = 3.13.9", "python:3 = 3.11.4", "no"},
                    Case{"python:3 = 3.11.4", "python:3.13 = 3.13.9", "minor"},
                    Case{"python:3 = 3.11.4", "python:3-slim = 3.13.9", "slim minor"},
                    Case{"python:3 = 3.13.9", "python:3.11-slim = 3.11.4", "no"},
                    Case{"python:3.11 = 3.11.4", "python:3.11.15 = 3.11.15", "patch"},
                    Case{"python:3.11 = 3.11.15", "python:3.11.4 = 3.11.4", "no"},
                    Case{"python:3.11 = 2.7.18", "python:3.12 = 3.12.1", "minor"},
                    Case{"python:latest = 3.11.4", "python:slim = 3.13.9", "slim minor"}));

INSTANTIATE_TEST_SUITE_P(
    OneTag, MoveTest,
    testing::Values(Case{"python:3.11 = 3.11.4", "python:3.11 = 3.11.15", "refresh"},
                    Case{"python:3 = 3.11.4", "python:3 = 3.13.9", "refresh minor"},
                    Case{"node:lts = 20.11.0", "node:lts = 22.22.3", "refresh major"},
                    Case{"python:3.11 [debian 12]", "python:3.11 [debian 13]",
                         "refresh distribution"},
                    Case{"debian:stable [debian 12]", "debian:stable [debian 13]", "refresh major"},
                    Case{"alpine:3 [alpine 3.19.1]", "alpine:3 [alpine 3.20.3]", "refresh minor"},
                    Case{"alpine:3.20 [alpine 3.20.1]", "alpine:3.20 [alpine 3.20.3]", "refresh"}));

INSTANTIATE_TEST_SUITE_P(
    Flavours, MoveTest,
    testing::Values(Case{"python:3.11", "python:3.11-slim", "slim"},
                    Case{"node", "node:slim", "slim"}, Case{"node:latest", "node:alpine", "alpine"},
                    Case{"python:3.11", "python:3.12-slim", "slim minor"},
                    Case{"python:3.11-slim", "python:3.11", "no"},
                    Case{"python:3.11-slim", "python:3.11-alpine", "alpine"},
                    Case{"python:3.11-alpine", "python:3.11-slim", "no"},
                    Case{"python:3.11 [debian 12]", "python:3.11-alpine [alpine 3.19.1]", "alpine"},
                    Case{"php:8.3-fpm", "php:8.3-apache", "no"},
                    Case{"php:8.3-fpm", "php:8.3-fpm-alpine", "alpine"},
                    Case{"python:3.11", "gcr.io/distroless/python3-debian12", "distroless"},
                    Case{"python:3.11", "gcr.io/distroless/python3-debian12:debug", "no"},
                    Case{"python:3.11", "gcr.io/distroless/nodejs20-debian12", "no"},
                    Case{"node:20", "gcr.io/distroless/nodejs20-debian12:nonroot", "distroless"},
                    Case{"node:20", "gcr.io/distroless/nodejs18-debian12", "no"},
                    Case{"python:3.11", "cgr.dev/chainguard/python:latest", "distroless"},
                    Case{"python:3.11", "bitnami/python:3.12", "no"}));

INSTANTIATE_TEST_SUITE_P(
    Distributions, MoveTest,
    testing::Values(Case{"python:3.11-bullseye", "python:3.11-bookworm", "distribution"},
                    Case{"python:3.11-bookworm", "python:3.11-bullseye", "no"},
                    Case{"python:3.11 [debian 11]", "python:3.11-slim [debian 12]",
                         "slim distribution"},
                    Case{"python:3.11 [debian 12]", "python:3.11-slim [debian 11]", "no"},
                    Case{"debian:bullseye [debian 11]", "debian:bookworm [debian 12]", "major"},
                    Case{"debian:bullseye", "debian:12-slim", "slim major"},
                    Case{"debian:bookworm", "debian:12-slim", "slim"},
                    Case{"ubuntu:jammy [ubuntu 22.04]", "ubuntu:24.04 [ubuntu 24.04]", "major"},
                    Case{"alpine:3.18 [alpine 3.18.4]", "alpine:3.19 [alpine 3.19.1]", "minor"},
                    Case{"eclipse-temurin:17-jre [ubuntu 22.04]",
                         "eclipse-temurin:17-jre-ubi9 [rhel 9.3]", "no"}));

TEST(StepTest, EachHasANameAndACaveat) {
  double last = 0;
  for (int i = 0; i <= static_cast<int>(Step::kDistroless); ++i) {
    const auto step = static_cast<Step>(i);
    EXPECT_FALSE(to_string(step).empty());
    EXPECT_FALSE(caveat(step).empty());
    EXPECT_GT(effort(step), last) << "they are sorted by what they cost";
    last = effort(step);
  }
}

}  // namespace
}  // namespace plimsoll::base
