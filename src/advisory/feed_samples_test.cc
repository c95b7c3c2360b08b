// Real feeds, where they lie beside the tree: each file is of at most one format, and those that
// should be read are.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>

#include "advisory/recording_sink.h"
#include "archive/decompress.h"
#include "archive/zip_archive.h"

namespace plimsoll::advisory {
namespace {

namespace fs = std::filesystem;

using Take = std::function<void(const std::string& path, std::string_view bytes)>;

std::string unpacked(std::string_view bytes) {
  auto stream = archive::decompress(archive::memory_stream(bytes), {.ratio = 100'000});
  std::string all;
  std::string buffer(1U << 20U, '\0');
  while (stream) {
    const auto count = (*stream)->read(buffer);
    if (!count || *count == 0) break;
    all.append(buffer, 0, *count);
  }
  return all;
}

/// Regular files of a tar with names of up to 255 bytes, and GNU's longer ones.
void each_of_tar(std::string_view tar, const std::string& name, const Take& take) {
  constexpr std::size_t kBlock = 512;
  std::string long_name;
  while (tar.size() >= kBlock && tar[0] != '\0') {
    const std::string_view header = tar.substr(0, kBlock);
    const std::size_t size = std::stoul(std::string(header.substr(124, 11)), nullptr, 8);
    const std::string_view content = tar.substr(kBlock).substr(0, size);
    std::string path(header.substr(0, 100).data());
    path.resize(std::min<std::size_t>(path.size(), 100));
    if (!long_name.empty()) path = long_name;
    long_name.clear();
    if (header[156] == 'L') long_name = std::string(content.substr(0, content.find('\0')));
    if (header[156] == '0' || header[156] == '\0') take(name + '/' + path, content);
    const std::size_t blocks = 1 + (size + kBlock - 1) / kBlock;
    tar.remove_prefix(std::min(tar.size(), blocks * kBlock));
  }
}

void each_of_zip(std::string_view zip, const std::string& name, const Take& take) {
  const auto entries = archive::zip_entries(zip);
  ASSERT_TRUE(entries) << name;
  std::size_t count = 0;
  for (const auto& entry : *entries) {
    if (++count > 200) break;  // they are alike
    const auto content = archive::unzip(zip, entry, 64U << 20U);
    if (content) take(name + '/' + std::string(entry.path), *content);
  }
}

void each_sample(const fs::path& root, const Take& take) {
  for (const auto& each : fs::recursive_directory_iterator(root)) {
    if (!each.is_regular_file()) continue;
    std::ifstream file(each.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::string name = fs::relative(each.path(), root);
    if (name.ends_with(".zip")) {
      each_of_zip(bytes, name, take);
    } else if (name.ends_with(".tar.zst")) {
      each_of_tar(unpacked(bytes), name, take);
    } else if (name.ends_with(".xz")) {
      take(name.substr(0, name.size() - 3), unpacked(bytes));
    } else {
      take(name, bytes);
    }
  }
}

struct Tally {
  std::size_t files = 0;
  std::size_t refused = 0;
  std::size_t advisories = 0;
  std::size_t affected = 0;
  std::size_t evidence = 0;
  std::size_t skipped = 0;
};

TEST(FeedSamples, AreOfAtMostOneFormat) {
  const fs::path root = fs::path(PLIMSOLL_SOURCE_DIR) / "../shared/advisories";
  if (!fs::exists(root)) GTEST_SKIP() << "no samples in " << root;
  std::map<std::string, Tally> tallies;
  each_sample(root, [&tallies](const std::string& path, std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 64U << 10U);
    std::string claims;
    for (const FeedFormat* format : all_feed_formats()) {
      if (format->recognises(path, head)) claims += std::string(format->name) + ' ';
    }
    const bool is_one = claims.find(' ') + 1 == claims.size();
    EXPECT_TRUE(claims.empty() || is_one) << path << " is claimed by " << claims;
    Tally& tally = tallies[claims.empty() ? "(none)" : claims];
    ++tally.files;
    if (claims.empty()) return;
    RecordingSink sink;
    const auto read = read_feed(path, bytes, sink);
    if (!read) {
      ++tally.refused;
      std::cout << "  refused " << path << ": " << read.error().message << '\n';
    }
    tally.advisories += sink.advisories.size();
    for (const Advisory& advisory : sink.advisories) {
      EXPECT_FALSE(advisory.id.empty()) << path;
      tally.affected += advisory.affected.size();
      for (const Affected& each : advisory.affected) {
        EXPECT_FALSE(each.ecosystem.empty() || each.package.empty()) << path << ' ' << advisory.id;
      }
    }
    tally.evidence += sink.exploited.size() + sink.predictions.size() + sink.statuses.size();
    tally.skipped += sink.skipped.size();
    for (std::size_t at = 0; at < std::min<std::size_t>(sink.skipped.size(), 2); ++at) {
      std::cout << "  skipped, such as " << sink.skipped[at].to_line() << '\n';
    }
  });
  for (const auto& [name, tally] : tallies) {
    std::cout << name << "files " << tally.files << ", refused " << tally.refused << ", advisories "
              << tally.advisories << ", affected " << tally.affected << ", evidence "
              << tally.evidence << ", skipped " << tally.skipped << '\n';
  }
  for (const char* name :
       {"alpine-secdb ", "arch ", "csaf ", "debian-list ", "debian-tracker ", "epss ", "kev ",
        "nvd-cpe ", "osv ", "oval ", "photon ", "rpm-errata ", "ssvc ", "ubuntu-status "}) {
    EXPECT_GT(tallies[name].advisories + tallies[name].evidence, 0U) << name;
  }
}

}  // namespace
}  // namespace plimsoll::advisory
