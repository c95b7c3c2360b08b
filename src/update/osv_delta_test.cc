#include "update/osv_delta.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "advisory/database_builder.h"
#include "advisory/import.h"
#include "archive/zip_archive.h"
#include "update/sample_records.h"

namespace plimsoll::update {
namespace {

using sample::Records;

using Texts = std::vector<std::string>;

constexpr const char* kOld = "2026-01-01T00:00:00Z";
constexpr const char* kNew = "2026-02-01T00:00:00.250Z";

TEST(OsvDifference, IsWhatIsNewerNewOrGone) {
  const auto what = difference(sample::archive_of({{"A", {kOld}}, {"B", {kOld}}, {"C", {kOld}}}),
                               sample::list_of({{"A", {kOld}}, {"B", {kNew}}, {"D", {kOld}}}));
  ASSERT_TRUE(what) << what.error().message;
  EXPECT_EQ(what->changed, (Texts{"B", "D"}));
  EXPECT_EQ(what->gone, Texts{"C.json"});
  EXPECT_EQ(what->files, 3U);
  EXPECT_FALSE(what->is_older);
}

TEST(OsvDifference, KnowsOneTimeInTwoSpellings) {
  const auto what = difference(sample::archive_of({{"A", {"2026-02-01T00:00:00.25Z"}}}),
                               "2026-02-01T00:00:00.250000Z,A\r\n");
  EXPECT_TRUE(what && what->changed.empty());
}

TEST(OsvDifference, TellsAnOldList) {
  const auto what = difference(sample::archive_of({{"A", {kNew}}, {"B", {kOld}}}),
                               sample::list_of({{"A", {kOld}}, {"B", {kOld}}}));
  ASSERT_TRUE(what);
  EXPECT_TRUE(what->is_older);
  EXPECT_TRUE(what->changed.empty()) << "ours is newer";
}

TEST(OsvDifference, RefusesListsThatLeadElsewhere) {
  const std::string archive = sample::archive_of({{"A", {kOld}}});
  for (const std::string& line :
       Texts{"", "\n", "A", "2026-01-01T00:00:00Z", "x,A", "2026-01-01T00:00:00Z,../A",
             "2026-01-01T00:00:00Z,a/b", "2026-01-01T00:00:00Z,a?b", "2026-01-01T00:00:00Z,"}) {
    EXPECT_FALSE(difference(archive, line)) << line;
  }
  EXPECT_FALSE(difference("no archive", sample::list_of({{"A", {kOld}}})));
}

TEST(OsvMerge, RefusesAnotherRecord) {
  const std::string archive = sample::archive_of({{"A", {kOld}}});
  EXPECT_FALSE(merge(archive, {{"B", sample::record("C", kNew)}}, {}));
  EXPECT_FALSE(merge(archive, {{"B", "<html>"}}, {}));
}

std::string database_of(const std::string& archive) {
  const std::string path =
      std::filesystem::temp_directory_path() / ("plimsoll-delta-" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << archive;
  advisory::DatabaseBuilder builder;
  EXPECT_TRUE(advisory::import_path(path, builder));
  std::filesystem::remove(path);
  return builder.bytes("2026-11-22");
}

// Whatever changes, who fetches only that has what who fetches everything has.
TEST(OsvMerge, IsTheWholeArchive) {
  std::mt19937 random(1);  // NOLINT: the same every time
  const auto below = [&random](unsigned most) { return static_cast<unsigned>(random() % most); };
  unsigned clock = 0;
  const auto now = [&clock] {
    ++clock;
    return "2026-01-01T" + std::to_string(10 + clock / 3600) + ':' +
           std::to_string(10 + clock / 60 % 50) + ':' + std::to_string(10 + clock % 50) + 'Z';
  };
  for (int round = 0; round < 40; ++round) {
    clock = 0;
    Records before;
    for (unsigned i = 0; i < 1 + below(60); ++i) before["R-" + std::to_string(below(80))] = {now()};
    std::string ours = sample::archive_of(before);
    Records after = before;
    for (int day = 0; day < 3; ++day) {
      for (unsigned i = 0; i < below(20); ++i) {
        const std::string id = "R-" + std::to_string(below(100));
        if (below(4) == 0) {
          after.erase(id);
        } else {
          after[id] = {now(), std::to_string(below(9)) + ".0.0"};
        }
      }
      if (after.empty()) after["R-0"] = {now()};
      const auto what = difference(ours, sample::list_of(after));
      ASSERT_TRUE(what) << what.error().message;
      std::map<std::string, std::string> records;
      for (const std::string& id : what->changed) {
        records[id] = sample::record(id, after[id].modified, after[id].fixed);
      }
      const auto merged = merge(ours, records, what->gone);
      ASSERT_TRUE(merged) << merged.error().message;
      ours = *merged;
      EXPECT_EQ(archive::zip_entries(ours).value().size(), after.size());
      ASSERT_EQ(database_of(ours), database_of(sample::archive_of(after))) << round;
    }
  }
}

// The same with real records, when there are some.
TEST(OsvMerge, IsTheWholeArchiveOfRealRecords) {
  const std::string path = PLIMSOLL_SOURCE_DIR "/../shared/advisories/Go/all.zip";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cout << "skipped: there is no " << path << '\n';
    return;
  }
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  const auto entries = archive::zip_entries(whole);
  ASSERT_TRUE(entries);
  // Yesterday a tenth of them did not exist, and one existed that is gone.
  std::vector<archive::sample_zip::File> yesterday{{"X-1.json", sample::record("X-1", kOld)}};
  std::map<std::string, std::string> records;
  std::string list;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const std::string name((*entries)[i].path);
    const std::string bytes = archive::unzip(whole, (*entries)[i], 1U << 24U).value();
    const std::string id = name.substr(0, name.size() - 5);
    const std::size_t at = bytes.find('"', bytes.find(':', bytes.find("\"modified\"")));
    list += bytes.substr(at + 1, bytes.find('"', at + 1) - at - 1) + ',' + id + '\n';
    if (i % 10 == 0) {
      records[id] = bytes;
    } else {
      yesterday.emplace_back(name, bytes);
    }
  }
  const std::string ours = archive::sample_zip::archive(yesterday);
  const auto what = difference(ours, list);
  ASSERT_TRUE(what) << what.error().message;
  EXPECT_EQ(what->changed.size(), records.size());
  EXPECT_EQ(what->gone, Texts{"X-1.json"});
  EXPECT_EQ(database_of(merge(ours, records, what->gone).value()), database_of(whole));
}

}  // namespace
}  // namespace plimsoll::update
