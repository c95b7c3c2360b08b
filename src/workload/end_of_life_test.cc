#include "workload/end_of_life.h"

#include <gtest/gtest.h>

#include <string>

#include "workload/end_of_life_table.h"

namespace plimsoll {
namespace {

/// "nodejs 14, alpine-linux 3.12".
std::string releases_of(std::string_view image) {
  const auto reference = parse_image_reference(image);
  if (!reference) return "not a reference";
  std::string text;
  for (const EndOfLife& end : end_of_life(*reference)) {
    if (!text.empty()) text += ", ";
    text.append(end.product).append(1, ' ').append(end.cycle);
  }
  return text;
}

struct Case {
  std::string_view image, want;
};
class EndOfLifeTest : public testing::TestWithParam<Case> {};

TEST_P(EndOfLifeTest, NamesEveryReleaseInTheReference) {
  EXPECT_EQ(releases_of(GetParam().image), GetParam().want) << GetParam().image;
}

INSTANTIATE_TEST_SUITE_P(
    Tags, EndOfLifeTest,
    testing::Values(
        Case{"node:14-alpine3.12", "nodejs 14, alpine-linux 3.12"},
        Case{"node:14.17.0", "nodejs 14"}, Case{"python:3.7-slim-buster", "python 3.7, debian 10"},
        Case{"python:3.9.1rc1", "python 3.9"}, Case{"debian:stretch", "debian 9"},
        Case{"debian:10.3-slim", "debian 10"}, Case{"debian:buster-20210816", "debian 10"},
        Case{"ubuntu:18.04", "ubuntu 18.04"}, Case{"ubuntu:xenial", "ubuntu 16.04"},
        Case{"centos:7", "centos 7"}, Case{"centos:7.9.2009", "centos 7"},
        Case{"centos:centos7", "centos 7"},
        Case{"quay.io/centos/centos:stream8", "centos-stream 8"}, Case{"php:7.4-fpm", "php 7.4"},
        Case{"php:7.4.3-fpm-alpine3.11", "php 7.4, alpine-linux 3.11"},
        Case{"golang:1.15", "go 1.15"}, Case{"postgres:9.6.1-alpine", "postgresql 9.6"},
        Case{"postgis/postgis:12-3.1", "postgresql 12"}, Case{"mysql:5.7", "mysql 5.7"},
        Case{"mongo:4.4.6", "mongodb 4.4"}, Case{"elasticsearch:7.17.0", "elasticsearch 7"},
        Case{"eclipse-temurin:8u292-b10-jre", "eclipse-temurin 8"},
        Case{"eclipse-temurin:17.0.1_12-jdk-focal", "eclipse-temurin 17, ubuntu 20.04"},
        Case{"tomcat:8.5-jdk8", "tomcat 8.5"}, Case{"traefik:v2.10", "traefik 2.10"},
        Case{"amazonlinux:2.0.20220606.1", "amazon-linux 2"},
        Case{"mcr.microsoft.com/dotnet/core/aspnet:3.1-buster-slim", "dotnet 3.1, debian 10"},
        Case{"mcr.microsoft.com/dotnet/sdk:6.0", "dotnet 6"},
        Case{"nvidia/cuda:11.0-base-ubuntu18.04", "ubuntu 18.04"},
        Case{"bitnami/redis:6.2.7-debian-11-r0", "redis 6.2, debian 11"},
        Case{"gcr.io/distroless/nodejs14-debian11", "nodejs 14, debian 11"},
        Case{"gcr.io/distroless/static-debian10:nonroot", "debian 10"},
        Case{"registry.access.redhat.com/ubi7/ubi-minimal:7.9", "rhel 7"},
        Case{"redhat/ubi8", "rhel 8"}, Case{"arm64v8/alpine:3.9", "alpine-linux 3.9"},
        Case{"public.ecr.aws/docker/library/node:12", "nodejs 12"}));

INSTANTIATE_TEST_SUITE_P(RollingOrUnknown, EndOfLifeTest,
                         testing::Values(Case{"node", ""}, Case{"node:lts-alpine", ""},
                                         Case{"python:3", ""}, Case{"alpine:edge", ""},
                                         Case{"debian:stable-slim", ""}, Case{"golang:1.999", ""},
                                         Case{"node:20210827", ""}, Case{"example.com/app:14", ""},
                                         Case{"example.com/node:14", ""}, Case{"node:5b3f2a", ""},
                                         Case{"redis:alpine", ""}));

INSTANTIATE_TEST_SUITE_P(Retired, EndOfLifeTest,
                         testing::Values(Case{"openjdk:8", "openjdk "},
                                         Case{"openjdk:8-jdk-buster", "openjdk , debian 10"},
                                         Case{"java:8", "java "}, Case{"centos", "centos "}));

TEST(EndOfLifeDateTest, ADigestAloneSaysNothing) {
  EXPECT_EQ(releases_of("node@sha256:" + std::string(64, 'a')), "");
}

TEST(EndOfLifeDateTest, EndsOnTheDayItself) {
  const auto ends = end_of_life(*parse_image_reference("node:14"));
  ASSERT_EQ(ends.size(), 1U);
  ASSERT_TRUE(ends[0].date);
  EXPECT_EQ(to_string(*ends[0].date), "2023-04-30");
  EXPECT_FALSE(ends[0].ended({2023, 4, 29}));
  EXPECT_TRUE(ends[0].ended({2023, 4, 30}));
  EXPECT_EQ(ends[0].title, "Node.js");
}

TEST(EndOfLifeDateTest, NothingEndsWithoutADay) {
  EndOfLife end;
  EXPECT_FALSE(end.ended({9999, 12, 31}));
}

TEST(EndOfLifeDateTest, KnowsTheLongTermSupportOfDebian) {
  const auto ends = end_of_life(*parse_image_reference("debian:bullseye"));
  ASSERT_EQ(ends.size(), 1U);
  ASSERT_TRUE(ends[0].extended);
  EXPECT_GT(*ends[0].extended, *ends[0].date);
}

TEST(EndOfLifeDateTest, RetiredRepositoriesSayWhatToUse) {
  const auto ends = end_of_life(*parse_image_reference("openjdk:17"));
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_TRUE(ends[0].ended({2022, 8, 1}));
  EXPECT_NE(ends[0].note.find("eclipse-temurin"), std::string_view::npos);
}

TEST(EndOfLifeTableTest, TakesTheLongestCycle) {
  const EndOfLifeTable table(
      "product\ttitle\tcycle\tcodename\teol\textended\n"
      "a\tA\t1\t\t2020-01-01\t\n"
      "a\tA\t1.2\t\t-\t\n");
  EXPECT_EQ(table.find("a", "1.2.3")->cycle, "1.2");
  EXPECT_EQ(table.find("a", "1.20")->cycle, "1");
  EXPECT_EQ(table.find("a", "1")->cycle, "1");
  EXPECT_EQ(table.find("a", "2"), nullptr);
  EXPECT_EQ(table.find("b", "1"), nullptr);
}

TEST(EndOfLifeTableTest, HoldsTheProductsPeopleBuildOn) {
  const EndOfLifeTable& table = EndOfLifeTable::builtin();
  EXPECT_GT(table.rows().size(), 500U);
  EXPECT_EQ(table.find_codename("bookworm")->cycle, "12");
  EXPECT_EQ(table.find_codename("no-such-name"), nullptr);
}

TEST(EndOfSystem, IsFoundByTheWordsOfOsRelease) {
  const auto cycle = [](std::string_view id, std::string_view version) {
    const EndOfLife* end = end_of_system(id, version);
    return end == nullptr ? std::string() : std::string(end->title) + ' ' + std::string(end->cycle);
  };
  EXPECT_EQ(cycle("debian", "12"), "Debian 12");
  EXPECT_EQ(cycle("alpine", "3.19.1"), "Alpine 3.19");
  EXPECT_EQ(cycle("ubuntu", "22.04"), "Ubuntu 22.04");
  EXPECT_EQ(cycle("debian", ""), "");
  EXPECT_EQ(cycle("wolfi", "20230201"), "");
}

}  // namespace
}  // namespace plimsoll
