#include "update/update.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "archive/sha256.h"
#include "core/path.h"
#include "update/kept_copy.h"
#include "update/sample_records.h"
#include "update/sample_site.h"

namespace plimsoll::update {
namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

constexpr const char* kNpm = "osv/npm/all.zip";
constexpr const char* kKev = "kev/known_exploited_vulnerabilities.json";
constexpr const char* kDay = "2026-01-01T00:00:00Z";
constexpr const char* kNextDay = "2026-01-02T00:00:00Z";

class UpdateTest : public testing::Test {
 protected:
  UpdateTest()
      : folder_(fs::temp_directory_path() / ("plimsoll-update-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~UpdateTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string feeds() const { return folder_ / "feeds"; }
  [[nodiscard]] std::string copy(const char* path) const { return path::join(feeds(), path); }
  [[nodiscard]] static std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories(fs::path(folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  [[nodiscard]] std::string in_folder(const char* path) const { return folder_ / path; }

  /// One update of one file by these mirrors only.
  FileReport update(const char* feed, const char* ecosystem, const Names& mirrors,
                    bool allow_older = false) const {
    UpdateOptions options{.folder = feeds(),
                          .only_mirrors = true,
                          .allow_older = allow_older,
                          .web = {.variable = [](std::string_view) { return std::string(); },
                                  .sleep = [](std::chrono::seconds) {}}};
    const Names ecosystems = *ecosystem == '\0' ? Names() : Names{ecosystem};
    options.files = choose({.feeds = {feed}, .ecosystems = ecosystems}).value();
    for (const std::string& mirror : mirrors) {
      options.mirrors.push_back(parse_mirror(mirror, false).value());
    }
    Progress progress;
    return update_files(options, progress).at(0);
  }
  FileReport update_kev(const Names& mirrors, bool allow_older = false) const {
    return update("kev", "", mirrors, allow_older);
  }
  FileReport update_npm(const Names& mirrors, bool allow_older = false) const {
    return update("osv", "npm", mirrors, allow_older);
  }

  static std::string problem_of(const FileReport& report) {
    return report.problems.empty() ? "" : report.problems.back().message;
  }

 private:
  fs::path folder_;
};

TEST_F(UpdateTest, FetchesOnceWhatStaysTheSame) {
  SampleSite site;
  site.put("/kev/known_exploited_vulnerabilities.json",
           {.body = sample::kev(kDay), .etag = "\"1\""});
  EXPECT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
  EXPECT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(site.log(),
            (Names{"GET /SHA256SUMS 404", "GET /kev/known_exploited_vulnerabilities.json 200",
                   "GET /SHA256SUMS 404", "GET /kev/known_exploited_vulnerabilities.json 304"}));
  EXPECT_EQ(read(copy(kKev)), sample::kev(kDay));
  EXPECT_EQ(read_about(copy(kKev)).value().made, kDay);
}

TEST_F(UpdateTest, FetchesAnewWhatWasDamaged) {
  SampleSite site;
  site.put("/kev/known_exploited_vulnerabilities.json",
           {.body = sample::kev(kDay), .etag = "\"1\""});
  ASSERT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
  std::ofstream(copy(kKev)) << "damage";
  EXPECT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
  EXPECT_EQ(read(copy(kKev)), sample::kev(kDay));
}

TEST_F(UpdateTest, KnowsTheCopyBeforeARunWasKilled) {
  SampleSite site;
  site.put("/kev/known_exploited_vulnerabilities.json",
           {.body = sample::kev(kDay), .etag = "\"1\""});
  ASSERT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
  KeptCopy about = read_about(copy(kKev)).value();
  about.before = std::exchange(about.digest, "sha256:of the next one");
  about.etag = "\"2\"";
  ASSERT_TRUE(write_about(copy(kKev), about));
  site.put("/kev/known_exploited_vulnerabilities.json", {.etag = "\"2\"", .status = 500});
  const FileReport report = update_kev({site.url("")});
  EXPECT_EQ(report.outcome, FileOutcome::kFailed);
  EXPECT_EQ(report.copy, copy(kKev)) << "it is whole, and used";
  site.put("/kev/known_exploited_vulnerabilities.json",
           {.body = sample::kev(kNextDay), .etag = "\"2\""});
  EXPECT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
}

TEST_F(UpdateTest, RefusesWhatIsOlder) {
  SampleSite site;
  const std::string path = "/kev/known_exploited_vulnerabilities.json";
  site.put(path, {.body = sample::kev(kNextDay)});
  ASSERT_EQ(update_kev({site.url("")}).outcome, FileOutcome::kFetched);
  site.put(path, {.body = sample::kev(kDay)});  // somebody plays back yesterday's
  const FileReport report = update_kev({site.url("")});
  EXPECT_EQ(report.outcome, FileOutcome::kFailed);
  EXPECT_EQ(problem_of(report),
            "it is of 2026-01-01T00:00:00Z, and older than our copy of "
            "2026-01-02T00:00:00Z (--allow-older takes it)");
  EXPECT_EQ(read(copy(kKev)), sample::kev(kNextDay));
  EXPECT_EQ(update_kev({site.url("")}, true).outcome, FileOutcome::kFetched);
  EXPECT_EQ(read(copy(kKev)), sample::kev(kDay));
}

TEST_F(UpdateTest, RefusesOlderRecordsOfOsv) {
  SampleSite site;
  site.put("/osv/npm/all.zip", {.body = sample::archive_of({{"A", {kNextDay}}})});
  ASSERT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  const std::string before = read(copy(kNpm));
  site.put("/osv/npm/all.zip", {.body = sample::archive_of({{"A", {kDay}}})});
  EXPECT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFailed);
  site.put("/osv/npm/modified_id.csv", {.body = sample::list_of({{"A", {kDay}}})});
  const FileReport report = update_npm({site.url("")});
  EXPECT_EQ(problem_of(report),
            "its list of records is older than our copy (--allow-older takes it)");
  EXPECT_EQ(read(copy(kNpm)), before);
  EXPECT_EQ(update_npm({site.url("")}, true).outcome, FileOutcome::kFetched);
}

TEST_F(UpdateTest, GoesByTheServersDateWhereTheFeedHasNone) {
  SampleSite site;
  const std::string body =
      R"([{"cve_id": "CVE-2024-0001", "pkg": "a", "aff_ver": "all", "res_ver": "1.0-1"}])";
  const auto ask = [&] {
    UpdateOptions options{.folder = feeds(),
                          .only_mirrors = true,
                          .web = {.variable = [](std::string_view) { return std::string(); },
                                  .sleep = [](std::chrono::seconds) {}}};
    options.files = {choose({.feeds = {"photon"}}).value().front()};
    options.mirrors = {parse_mirror(site.url(""), false).value()};
    Progress progress;
    return update_files(options, progress).at(0);
  };
  const std::string path = "/photon/cve_data_photon3.0.json";
  site.put(path, {.body = body, .last_modified = "Sun, 22 Nov 2026 10:00:00 GMT"});
  const FileReport first = ask();
  ASSERT_EQ(first.outcome, FileOutcome::kFetched) << problem_of(first);
  site.put(path, {.body = body + '\n', .last_modified = "Sat, 21 Nov 2026 10:00:00 GMT"});
  EXPECT_EQ(ask().outcome, FileOutcome::kFailed);
  site.put(path, {.body = body + '\n', .last_modified = "Mon, 23 Nov 2026 10:00:00 GMT"});
  EXPECT_EQ(ask().outcome, FileOutcome::kFetched);
}

TEST_F(UpdateTest, RefusesWhatIsNoFeedOrAnother) {
  SampleSite site;
  for (const auto& [body, why] : std::vector<std::pair<std::string, std::string>>{
           {"<html>Please log in", "it is no feed of advisories, or one without any"},
           {"", "it is no feed of advisories, or one without any"},
           {sample::kev(kDay), "it is another feed (kev, not osv)"}}) {
    site.put("/osv/npm/all.zip", {.body = body});
    EXPECT_EQ(problem_of(update_npm({site.url("")})), why);
    EXPECT_FALSE(fs::exists(copy(kNpm)));
  }
}

TEST_F(UpdateTest, AsksOneMirrorAfterTheOther) {
  SampleSite first;
  SampleSite second;
  second.put("/kev/known_exploited_vulnerabilities.json", {.body = sample::kev(kDay)});
  FileReport report = update_kev({first.url(""), second.url("")});
  EXPECT_EQ(report.outcome, FileOutcome::kFetched);
  EXPECT_EQ(problem_of(report), "it has no such file");
  first.put("/kev/known_exploited_vulnerabilities.json", {.body = sample::kev(kNextDay)});
  second.forget();
  report = update_kev({first.url(""), second.url("")});
  EXPECT_EQ(report.outcome, FileOutcome::kFetched);
  EXPECT_TRUE(report.problems.empty());
  EXPECT_EQ(second.log(), Names{"GET /SHA256SUMS 404"});
}

TEST_F(UpdateTest, ChecksTheListOfDigestsOfAMirror) {
  SampleSite good;
  SampleSite bad;
  const std::string body = sample::kev(kDay);
  const std::string path = std::string("/") + kKev;
  const std::string sum = archive::sha256_of(body).substr(7);
  bad.put(path, {.body = sample::kev(kNextDay)});
  bad.put("/SHA256SUMS", {.body = sum + "  " + kKev + '\n'});
  FileReport report = update_kev({bad.url("")});
  EXPECT_EQ(report.outcome, FileOutcome::kFailed);
  EXPECT_EQ(problem_of(report), "it is not what the mirror's SHA256SUMS says");
  good.put(path, {.body = body});
  good.put("/SHA256SUMS", {.body = sum + "  " + kKev + '\n'});
  EXPECT_EQ(update_kev({bad.url(""), good.url("")}).outcome, FileOutcome::kFetched);
  good.forget();
  EXPECT_EQ(update_kev({good.url("")}).outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(good.log(), Names{"GET /SHA256SUMS 200"}) << "its list says that ours is the newest";
  good.put("/SHA256SUMS", {.body = sum + "  other.json\n"});
  EXPECT_EQ(problem_of(update_kev({good.url("")})), "its SHA256SUMS does not have this file");
}

TEST_F(UpdateTest, ReadsTheFolderOfAnotherComputer) {
  SampleSite site;
  site.put("/osv/npm/all.zip", {.body = sample::archive_of({{"A", {kDay}}})});
  ASSERT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  fs::rename(feeds(), in_folder("usb"));
  EXPECT_EQ(update_npm({in_folder("usb")}).outcome, FileOutcome::kFetched);
  EXPECT_EQ(read(copy(kNpm)), sample::archive_of({{"A", {kDay}}}));
  EXPECT_EQ(update_npm({"file://" + in_folder("usb")}).outcome, FileOutcome::kUnchanged);
  write(std::string("usb/") + kNpm, "damage");
  const FileReport report = update_npm({in_folder("usb")});
  EXPECT_EQ(report.outcome, FileOutcome::kUnchanged) << "its list still names what we have";
  fs::remove_all(feeds());
  EXPECT_EQ(problem_of(update_npm({in_folder("usb")})),
            "it is not what the mirror's SHA256SUMS says");
}

TEST_F(UpdateTest, FetchesOnlyWhatChanged) {
  SampleSite site;
  sample::Records records;
  for (int i = 0; i < 400; ++i) records["R-" + std::to_string(i)] = {kDay};
  site.put("/osv/npm/all.zip", {.body = sample::archive_of(records), .etag = "\"1\""});
  ASSERT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  records["R-7"] = {kNextDay, "2.0.0"};
  records["R-500"] = {kNextDay};
  records.erase("R-8");
  for (const char* id : {"R-7", "R-500"}) {
    site.put(std::string("/osv/npm/") + id + ".json",
             {.body = sample::record(id, kNextDay, records[id].fixed)});
  }
  site.put("/osv/npm/modified_id.csv", {.body = sample::list_of(records), .etag = "\"list\""});
  site.forget();
  const FileReport report = update_npm({site.url("")});
  ASSERT_EQ(report.outcome, FileOutcome::kAdded) << problem_of(report);
  EXPECT_EQ(report.records, 3U);
  Names log = site.log();
  std::sort(log.begin(), log.end());
  EXPECT_EQ(log, (Names{"GET /SHA256SUMS 404", "GET /osv/npm/R-500.json 200",
                        "GET /osv/npm/R-7.json 200", "GET /osv/npm/modified_id.csv 200"}));
  site.forget();
  EXPECT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(site.log(), (Names{"GET /SHA256SUMS 404", "GET /osv/npm/modified_id.csv 304"}));
}

TEST_F(UpdateTest, FetchesTheWholeWhereMuchChangedOrARecordIsMissing) {
  SampleSite site;
  sample::Records records;
  for (int i = 0; i < 400; ++i) records["R-" + std::to_string(i)] = {kDay};
  site.put("/osv/npm/all.zip", {.body = sample::archive_of(records)});
  ASSERT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  records["R-7"] = {kNextDay};
  site.put("/osv/npm/all.zip", {.body = sample::archive_of(records)});
  site.put("/osv/npm/modified_id.csv", {.body = sample::list_of(records)});
  EXPECT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched) << "there is no R-7.json";
  EXPECT_EQ(read(copy(kNpm)), sample::archive_of(records));
  for (auto& [id, record] : records) record.modified = "2026-01-03T00:00:00Z";
  site.put("/osv/npm/all.zip", {.body = sample::archive_of(records)});
  site.put("/osv/npm/modified_id.csv", {.body = sample::list_of(records)});
  EXPECT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  EXPECT_EQ(read(copy(kNpm)), sample::archive_of(records));
}

TEST_F(UpdateTest, DoesNotBelieveAListThatWasCutOff) {
  SampleSite site;
  sample::Records records;
  for (int i = 0; i < 400; ++i) records["R-" + std::to_string(i)] = {kDay};
  site.put("/osv/npm/all.zip", {.body = sample::archive_of(records), .etag = "\"1\""});
  ASSERT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kFetched);
  site.put("/osv/npm/modified_id.csv", {.body = sample::list_of({{"R-1", {kDay}}})});
  EXPECT_EQ(update_npm({site.url("")}).outcome, FileOutcome::kUnchanged);
  EXPECT_EQ(read(copy(kNpm)), sample::archive_of(records));
}

TEST(Mirror, IsAUrlOrAFolder) {
  EXPECT_EQ(parse_mirror("https://a.example/b", false).value().base, "https://a.example/b/");
  EXPECT_EQ(parse_mirror("http://127.0.0.1:8000", false).value().base, "http://127.0.0.1:8000/");
  EXPECT_EQ(parse_mirror("/media/feeds/", false).value().base, "/media/feeds/");
  EXPECT_EQ(parse_mirror("file:///media/feeds", false).value().base, "/media/feeds/");
  EXPECT_TRUE(parse_mirror("feeds", false).value().is_folder);
  EXPECT_TRUE(parse_mirror("http://a.example/", true));
  for (const char* text : {"", "http://a.example/", "ftp://a.example/", "https://u:p@a.example/",
                           "https://a.example/?b=c"}) {
    EXPECT_FALSE(parse_mirror(text, false)) << text;
  }
}

TEST(FolderLock, LetsOneInAtATime) {
  const std::string folder =
      fs::temp_directory_path() / ("plimsoll-lock-" + std::to_string(::getpid()));
  std::atomic<bool> is_waiting = false;
  std::atomic<bool> is_in = false;
  std::thread second;
  {
    const auto first = FolderLock::take(folder, [] { FAIL() << "nobody else is there"; });
    ASSERT_TRUE(first);
    second = std::thread([&] {
      const auto lock = FolderLock::take(folder, [&] { is_waiting = true; });
      is_in = lock.has_value();
    });
    while (!is_waiting) std::this_thread::yield();
    EXPECT_FALSE(is_in);
  }
  second.join();
  EXPECT_TRUE(is_in);
  fs::remove_all(folder);
  EXPECT_FALSE(FolderLock::take("/proc/nowhere", [] {}));
}

}  // namespace
}  // namespace plimsoll::update
