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
