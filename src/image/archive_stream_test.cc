#include "image/archive_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

constexpr const char* kList = "P:musl\nV:1\n\n";

/// A store's files as one tar.
std::string tar_of(const SampleStore& store) {
  std::string tar;
  for (const auto& [name, bytes] : store.files) tar += file(name, bytes);
  return tar + sample_tar::end();
}

Result<Inventory> take(const std::string& tar, const Choice& choice = {}) {
  FoundImage found;
  found.stream = archive::memory_stream(tar);
  return take_inventory(std::move(found), choice);
}

TEST(ArchiveStream, SaysTheSameAsTheStore) {
  const SampleStore store =
      sample_archive({file("lib/apk/db/installed", kList), file("etc/os-release", "ID=alpine\n")});
  const auto streamed = take(tar_of(store));
  ASSERT_TRUE(streamed) << streamed.error().message;
  const Inventory stored = inventory_of(store);
  EXPECT_EQ(streamed->packages, stored.packages);
  EXPECT_EQ(streamed->packages.size(), 1U);
  EXPECT_EQ(streamed->release, stored.release);
  EXPECT_TRUE(streamed->problems.empty());
}

TEST(ArchiveStream, LinksBetweenMembersAreFollowed) {
  SampleStore store = sample_archive({file("lib/apk/db/installed", kList)});
  const std::string layer = store.files.at("0/layer.tar");
  store.files.erase("0/layer.tar");
  const auto streamed = take(file("x/layer.tar", layer) +
                             header("0/layer.tar", '2', 0, "../x/layer.tar") + tar_of(store));
  ASSERT_TRUE(streamed) << streamed.error().message;
  EXPECT_EQ(streamed->packages.size(), 1U);
}

TEST(ArchiveStream, TheLastMemberOfANameHolds) {
  const SampleStore store = sample_archive({file("lib/apk/db/installed", kList)});
  const auto streamed =
      take(file("0/layer.tar", file("evil", "x") + sample_tar::end()) + tar_of(store));
  ASSERT_TRUE(streamed);
  EXPECT_EQ(streamed->packages.size(), 1U);
  EXPECT_TRUE(streamed->problems.empty());
}

TEST(ArchiveStream, WhatBreaksOffIsAnError) {
  const std::string tar = tar_of(sample_archive({file("a", std::string(3000, 'x'))}));
  EXPECT_FALSE(take(tar.substr(0, 1500)));
  EXPECT_FALSE(take("no tar at all"));
  EXPECT_FALSE(take(sample_tar::end())) << "it has no manifest";
}

TEST(ArchiveStream, AContainersFilesAreOneLayer) {
  FoundImage found;
  const std::string tar = file("lib/apk/db/installed", kList) + sample_tar::end();
  found.stream = archive::memory_stream(tar);
  found.is_file_system = true;
  const auto inventory = take_inventory(std::move(found), {});
  ASSERT_TRUE(inventory);
  EXPECT_EQ(inventory->packages.size(), 1U);
  EXPECT_TRUE(inventory->problems.empty());
}

}  // namespace
}  // namespace plimsoll::image
