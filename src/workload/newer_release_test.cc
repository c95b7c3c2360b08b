#include "workload/newer_release.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace plimsoll {
namespace {

constexpr Date kToday{2026, 11, 21};

struct Case {
  std::string_view image, tag;  ///< "" for none
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
  return out << each.image;
}

std::string supported(std::string_view image) {
  return supported_tag(*parse_image_reference(image), kToday).value_or("");
}

class SupportedTagTest : public testing::TestWithParam<Case> {};
TEST_P(SupportedTagTest, KeepsTheVariantAndNamesOnlyWhatExists) {
  EXPECT_EQ(supported(GetParam().image), GetParam().tag);
}
INSTANTIATE_TEST_SUITE_P(
    Images, SupportedTagTest,
    testing::Values(Case{"node:14-alpine", "26-alpine"}, Case{"node:14.17.0", "26"},
                    Case{"node:22-alpine", ""}, Case{"node:20-alpine3.18", "26-alpine"},
                    Case{"node:22-bookworm-slim", "22-trixie-slim"},
                    Case{"node:22.1.0-bookworm-slim", "22-trixie-slim"},
                    Case{"python:3.7.4-slim-buster", "3.14-slim-trixie"},
                    Case{"python:3.7-windowsservercore", ""}, Case{"debian:9", "13"},
                    Case{"debian:10.13-slim", "13-slim"}, Case{"debian:buster-20220101", ""},
                    Case{"ubuntu:16.04", "26.04"}, Case{"ubuntu:xenial", "resolute"},
                    Case{"alpine:3.12.0", "3.24"}, Case{"golang:bullseye", "trixie"},
                    Case{"golang:1.25-trixie", "1.27-trixie"}, Case{"php:5.6-apache", "8.5-apache"},
                    Case{"nginx:1.27.4-alpine-slim", "1.30-alpine-slim"},
                    Case{"buildpack-deps:stretch-scm", "trixie-scm"}, Case{"postgres:9.6", ""},
                    Case{"centos:7", ""}, Case{"openjdk:8-jre", ""}, Case{"tomcat:8.5", ""},
                    Case{"registry.example.com/a:1", ""}));

TEST(NewestTag, IsOfTheSameVariantAndOfAnotherRelease) {
  const auto newest = [](std::string_view image) {
    return newest_tag(*parse_image_reference(image), kToday).value_or("");
  };
  EXPECT_EQ(newest("python:3.12"), "3.14");
  EXPECT_EQ(newest("python:3.12-slim-bookworm"), "3.14-slim-trixie");
  EXPECT_EQ(newest("python:3.14-alpine"), "") << "it is that release";
  EXPECT_EQ(newest("python:latest"), "");
  EXPECT_EQ(newest("node:22-alpine"), "26-alpine");
  EXPECT_EQ(newest("debian:bookworm"), "trixie");
  EXPECT_EQ(newest("postgres:14"), "") << "its data would have to be migrated";
  EXPECT_EQ(newest("registry.example.com/a:1"), "");
}

TEST(SmallerTags, AreThoseThatEveryReleaseHas) {
  const auto smaller = [](std::string_view image) {
    std::string text;
    for (const std::string& tag : smaller_tags(*parse_image_reference(image))) text += tag + ' ';
    return text;
  };
  EXPECT_EQ(smaller("python:3.11"), "3.11-slim 3.11-alpine ");
  EXPECT_EQ(smaller("python:3.11.4-bookworm"), "3.11.4-slim 3.11.4-alpine ");
  EXPECT_EQ(smaller("python:3.11-slim"), "");
  EXPECT_EQ(smaller("python:latest"), "");
  EXPECT_EQ(smaller("golang:1.26-trixie"), "1.26-alpine ");
  EXPECT_EQ(smaller("debian:bookworm"), "bookworm-slim ");
  EXPECT_EQ(smaller("debian:12"), "12-slim ");
  EXPECT_EQ(smaller("php:8.4-apache"), "");
  EXPECT_EQ(smaller("registry.example.com/a:1"), "");
}

TEST(CurrentTag, NamesTheReleaseThatLatestIs) {
  const auto current = [](std::string_view image) {
    return current_tag(*parse_image_reference(image), kToday).value_or("");
  };
  EXPECT_EQ(current("alpine"), "3.24");
  EXPECT_EQ(current("debian:latest"), "13");
  EXPECT_EQ(current("ubuntu"), "26.04");
  EXPECT_EQ(current("postgres"), "18");
  EXPECT_EQ(current("centos:latest"), "");
  EXPECT_EQ(current("busybox"), "1.37");
  EXPECT_EQ(current("docker.io/library/zookeeper:latest"), "3.9");
  EXPECT_EQ(current("example/zookeeper"), "");
  EXPECT_EQ(current("registry.example.com/a"), "");
}

}  // namespace
}  // namespace plimsoll
