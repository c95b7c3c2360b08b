#include "base/index.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/sample_index.h"

namespace plimsoll::base {
namespace {

TEST(IndexTest, KeepsWhatIsAdded) {
  const SampleIndex folder;
  Addition addition = sample_addition("python:3.11", 'a');
  addition.digest = "sha256:manifest";
  addition.settings.environment = {"PATH=/usr/bin", "TOKEN=hunter2", "PYTHON_VERSION=3.11.4"};
  ASSERT_TRUE(add(folder.path(), addition));
  const Index index = Index::open(folder.path());
  ASSERT_EQ(index.entries().size(), 1U);
  EXPECT_TRUE(index.problems().empty());
  const Entry& entry = index.entries().front();
  EXPECT_EQ(entry.names, (std::vector<std::string>{"docker.io/library/python:3.11"}));
  EXPECT_EQ(entry.id, std::string(32, 'a'));
  EXPECT_EQ(entry.digest, "sha256:manifest");
  EXPECT_EQ(entry.os, "debian 12");
  EXPECT_EQ(entry.layers, (std::vector<std::string>{"sha256:l1", "sha256:la"}));
  EXPECT_EQ(entry.settings.environment,
            (std::vector<std::string>{"PATH=/usr/bin", "TOKEN", "PYTHON_VERSION=3.11.4"}))
      << "a value that may be a secret is not kept";
  const auto document = index.read(entry);
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->packages, addition.document.packages);
  EXPECT_EQ(document->image, addition.document.image);
}

TEST(IndexTest, ADigestIsOfOneImageOfItsRepository) {
  const SampleIndex folder;
  const std::string digest = "sha256:" + std::string(64, 'f');
  Addition addition = sample_addition("python:3.11", 'a');
  addition.digest = digest;
  ASSERT_TRUE(add(folder.path(), addition));
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'b')));
  const Index index = Index::open(folder.path());
  for (const std::string name : {"python", "python:3.11", "docker.io/library/python:latest"}) {
    const Entry* pinned = index.pinned(*reference_of(name + '@' + digest));
    ASSERT_NE(pinned, nullptr) << name;
    EXPECT_EQ(pinned->id.front(), 'a');
  }
  EXPECT_EQ(index.pinned(*reference_of("node@" + digest)), nullptr);
  EXPECT_EQ(index.pinned(*reference_of("python@sha256:" + std::string(64, '0'))), nullptr);
  EXPECT_EQ(index.pinned(*reference_of("python:3.11")), nullptr)
      << "what has no digest is not the image without a known one";
}

TEST(IndexTest, ImagesSayWhichReleaseTheyHave) {
  using Numbers = std::vector<std::uint32_t>;
  Entry entry;
  entry.settings.environment = {"GOLANG_VERSION=1.22.1", "NODE_VERSION=20.11.0-rc.1",
                                "PHP_VERSION=x", "TOKEN"};
  EXPECT_EQ(runtime_version(entry.settings.environment, *reference_of("golang:1")),
            (Numbers{1, 22, 1}));
  EXPECT_EQ(runtime_version(entry.settings.environment, *reference_of("localhost:5000/node")),
            (Numbers{20, 11, 0}));
  EXPECT_EQ(runtime_version(entry.settings.environment, *reference_of("php:8")), Numbers{});
  EXPECT_EQ(runtime_version(entry.settings.environment, *reference_of("python:3")), Numbers{});
}

TEST(IndexTest, WhatHidesWhenItWasMadeHasNoDay) {
  Entry entry;
  entry.created = "2024-02-03T04:05:06Z";
  EXPECT_EQ(day_of(entry), "2024-02-03");
  entry.created = "1970-01-01T00:00:00Z";
  EXPECT_EQ(day_of(entry), "");
  entry.created = "0001-01-01T00:00:00Z";
  EXPECT_EQ(day_of(entry), "");
}

TEST(IndexTest, AFolderThatIsNotThereIsEmpty) {
  const Index index = Index::open("/nonexistent/plimsoll/bases");
  EXPECT_TRUE(index.entries().empty());
  EXPECT_TRUE(index.problems().empty());
  EXPECT_TRUE(Index::open("").entries().empty());
}

TEST(IndexTest, TheOlderImageOfANameStaysAsHistory) {
  const SampleIndex folder;
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'b', "2024-02-01T00:00:00Z")));
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'a', "2024-03-01T00:00:00Z")));
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'c', "2024-01-01T00:00:00Z")));
  const Index index = Index::open(folder.path());
  std::string ids;
  for (const Entry* entry : index.named("docker.io/python:3.11")) ids += entry->id.front();
  EXPECT_EQ(ids, "cba") << "by when they were made, not by when they were added";
}

TEST(IndexTest, WithoutATimeTheLastThatWasAddedIsTheNewest) {
  const SampleIndex folder;
  for (const char id : {'c', 'a', 'b'}) {
    ASSERT_TRUE(add(folder.path(), sample_addition("a:1", id, "1970-01-01T00:00:00Z")));
  }
  std::string ids;
  const Index index = Index::open(folder.path());
  for (const Entry* entry : index.named("a:1")) ids += entry->id.front();
  EXPECT_EQ(ids, "cab");
}

TEST(IndexTest, TheSameImageGetsNamesBesidesItsOwn) {
  const SampleIndex folder;
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'a')));
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11.4", 'a')));
  const Index index = Index::open(folder.path());
  ASSERT_EQ(index.entries().size(), 1U);
  EXPECT_EQ(index.named("python:3.11"), index.named("python:3.11.4"));
}

TEST(IndexTest, RemovingANameKeepsTheOthers) {
  const SampleIndex folder;
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'a')));
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11.4", 'a')));
  EXPECT_EQ(remove(folder.path(), "python:3.11").value(), 1U);
  const Index index = Index::open(folder.path());
  EXPECT_TRUE(index.named("python:3.11").empty());
  ASSERT_EQ(index.named("python:3.11.4").size(), 1U);
  EXPECT_TRUE(index.read(*index.named("python:3.11.4").front()));
  EXPECT_EQ(remove(folder.path(), "python:3.11.4").value(), 1U);
  EXPECT_TRUE(Index::open(folder.path()).entries().empty());
  EXPECT_EQ(remove(folder.path(), "python:3.11.4").value(), 0U);
}

TEST(IndexTest, NamesThatAreNoneAreRefused) {
  const SampleIndex folder;
  Addition addition = sample_addition("python:3.11", 'a');
  addition.names = {"Not A Name"};
  const auto refused = add(folder.path(), addition);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUsage);
  addition.names.clear();
  EXPECT_FALSE(add(folder.path(), addition));
  EXPECT_TRUE(Index::open(folder.path()).entries().empty());
}

TEST(IndexTest, BillsAreToldApartByWhatTheyList) {
  const SampleIndex folder;
  Addition addition = sample_addition("python:3.11", 'a');
  addition.config_digest.clear();
  ASSERT_TRUE(add(folder.path(), addition));
  addition.document.packages.pop_back();
  ASSERT_TRUE(add(folder.path(), addition));
  EXPECT_EQ(Index::open(folder.path()).named("python:3.11").size(), 2U);
}

class CorruptTest : public testing::TestWithParam<std::string> {};

TEST_P(CorruptTest, IsNamedAndPassedOver) {
  const SampleIndex folder;
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'a')));
  std::ofstream(folder.path() + "/bad.base") << GetParam();
  const Index index = Index::open(folder.path());
  ASSERT_EQ(index.problems().size(), 1U);
  EXPECT_TRUE(index.problems().front().path.ends_with("/bad.base"));
  EXPECT_EQ(index.entries().size(), 1U);
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.12", 'b'))) << "it goes on";
}

INSTANTIATE_TEST_SUITE_P(Index, CorruptTest,
                         testing::Values("", "\n", "{", "[]\n",
                                         "{\"schema\":\"plimsoll/base@2\",\"names\":[\"a\"]}\n",
                                         "{\"schema\":\"plimsoll/base@1\",\"names\":[]}\n",
                                         "{\"schema\":\"plimsoll/base@1\",\"names\":[1,{}]}\n",
                                         std::string(3000, '['), std::string(2U << 20U, ' '),
                                         std::string("\0\0\n", 3)));

TEST(IndexTest, AReportThatIsCutIsAnError) {
  const SampleIndex folder;
  const auto added = add(folder.path(), sample_addition("python:3.11", 'a'));
  ASSERT_TRUE(added);
  const std::string path = folder.path() + '/' + added->id + ".base";
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 10);
  const Index index = Index::open(folder.path());
  ASSERT_EQ(index.entries().size(), 1U);
  const auto document = index.read(index.entries().front());
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().path, path);
}

TEST(IndexTest, LinksAreNotFollowed) {
  const SampleIndex folder;
  ASSERT_TRUE(add(folder.path(), sample_addition("python:3.11", 'a')));
  std::filesystem::create_symlink(folder.path() + '/' + std::string(32, 'a') + ".base",
                                  folder.path() + "/link.base");
  EXPECT_EQ(Index::open(folder.path()).entries().size(), 1U);
}

TEST(IndexTest, TwoAtOnceBothHaveTheirWay) {
  const SampleIndex folder;
  constexpr int kEach = 12;
  const auto work = [&folder](const std::string& prefix) {
    for (int i = 0; i < kEach; ++i) {
      EXPECT_TRUE(add(folder.path(), sample_addition(prefix + std::to_string(i), 'a')));
    }
  };
  std::thread other(work, "python:3.");
  work("node:2");
  other.join();
  const Index index = Index::open(folder.path());
  ASSERT_EQ(index.entries().size(), 1U);
  EXPECT_EQ(index.entries().front().names.size(), 2U * kEach);
  EXPECT_TRUE(index.problems().empty());
}

TEST(IndexTest, EveryCopyOfAFileIsReadTheSame) {
  const SampleIndex one;
  const SampleIndex two;
  for (const SampleIndex* folder : {&one, &two}) {
    ASSERT_TRUE(add(folder->path(), sample_addition("python:3.11", 'a')));
  }
  const std::string name = '/' + std::string(32, 'a') + ".base";
  const auto text = [&name](const SampleIndex& folder) {
    std::ifstream file(folder.path() + name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  EXPECT_EQ(text(one), text(two)) << "no time, no path of this computer";
}

}  // namespace
}  // namespace plimsoll::base
