// The public feeds as people download them: from a server on loopback, without a network, twice at
// once, and killed at any moment.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "process.h"
#include "update/sample_records.h"
#include "update/sample_site.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;
using update::SampleSite;
using update::sample::Records;

constexpr const char* kDay = "2026-01-01T00:00:00Z";
constexpr const char* kNextDay = "2026-01-02T00:00:00Z";

Records records_of(const char* modified) {
  Records records;
  for (int i = 0; i < 3000; ++i) records["R-" + std::to_string(i)] = {modified};
  return records;
}

/// What one day has: npm, PyPI and KEV.
void publish(SampleSite& site, const char* day, std::chrono::milliseconds delay = {}) {
  const std::string archive = update::sample::archive_of(records_of(day));
  for (const char* path : {"/osv/npm/all.zip", "/osv/PyPI/all.zip", "/osv/Go/all.zip"}) {
    site.put(path, {.body = archive, .etag = '"' + std::string(day) + path + '"', .delay = delay});
  }
  site.put("/kev/known_exploited_vulnerabilities.json",
           {.body = update::sample::kev(day), .etag = '"' + std::string(day) + '"'});
}

class DbUpdate : public testing::Test {
 protected:
  [[nodiscard]] Texts arguments(Texts more = {}) const {
    Texts all{"db",
              "update",
              "--db",
              database(),
              "--feeds-dir",
              home_.path() + "/feeds",
              "--only-mirror",
              "--mirror",
              site_.url(""),
              "--feed",
              "osv,kev",
              "--ecosystem",
              "npm,pypi,go"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  [[nodiscard]] std::string database() const { return home_.path() + "/advisories.db"; }
  [[nodiscard]] nlohmann::json status() const {
    const Outcome outcome = plimsoll({"db", "status", "--db", database(), "--format", "json"});
    return nlohmann::json::parse(outcome.out, nullptr, false);
  }
  /// The day of the newest record; "" without a database.
  [[nodiscard]] std::string newest() const {
    std::string day;
    const nlohmann::json json = status();
    if (!json.is_object()) return day;
    for (const auto& each : json["ecosystems"]) {
      if (each["ecosystem"] == "npm") day = each["newest"];
    }
    return day;
  }

  Folder home_;
  SampleSite site_;
};

TEST_F(DbUpdate, DownloadsAndMakesTheDatabase) {
  publish(site_, kDay);
  const Outcome first = plimsoll(arguments());
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_NE(first.err.find("4 files of feeds: 4 fetched, 0 unchanged"), std::string::npos)
      << first.err;
  EXPECT_EQ(newest(), "2026-01-01");
  EXPECT_EQ(plimsoll({"db", "verify", "--db", database()}).status, 0);
  const Outcome second = plimsoll(arguments());
  EXPECT_EQ(second.status, 0);
  EXPECT_NE(second.err.find("nothing changed"), std::string::npos) << second.err;
  publish(site_, kNextDay);
  EXPECT_EQ(plimsoll(arguments()).status, 0);
  EXPECT_EQ(newest(), "2026-01-02");
  for (const auto& feed : status()["feeds"]) {
    if (feed["format"] == "notable") continue;
    EXPECT_EQ(feed["checked"].get<std::string>().size(), 10U) << feed;
    EXPECT_TRUE(feed["address"].get<std::string>().starts_with(site_.url("/"))) << feed;
  }
}

TEST_F(DbUpdate, UsesTheCopyFromBeforeWhereAFeedFails) {
  publish(site_, kDay);
  ASSERT_EQ(plimsoll(arguments()).status, 0);
  publish(site_, kNextDay);
  site_.put("/osv/PyPI/all.zip", {.body = "not found, sorry", .status = 403});
  site_.put("/kev/known_exploited_vulnerabilities.json",
            {.body = update::sample::kev("2025-01-01")});
  const Outcome outcome = plimsoll(arguments());
  EXPECT_EQ(outcome.status, 5);
  EXPECT_NE(outcome.err.find("plimsoll: osv PyPI: 127.0.0.1: it answers with status 403; the copy "
                             "from before is used\n"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("older than our copy of 2026-01-01T00:00:00Z"), std::string::npos);
  EXPECT_EQ(newest(), "2026-01-02");
  EXPECT_EQ(status()["feeds"].size(), 5U) << "all four, and what is built in";
}

TEST_F(DbUpdate, SaysWhatTheDatabaseIsWithout) {
  publish(site_, kDay);
  site_.remove("/osv/Go/all.zip");
  const Outcome outcome = plimsoll(arguments());
  EXPECT_EQ(outcome.status, 5);
  EXPECT_NE(outcome.err.find("osv Go: 127.0.0.1: it has no such file; the database is without it"),
            std::string::npos)
      << outcome.err;
}

TEST_F(DbUpdate, LeavesTheDatabaseWithoutANetwork) {
  publish(site_, kDay);
  ASSERT_EQ(plimsoll(arguments()).status, 0);
  Texts nowhere = arguments();
  nowhere[8] = "http://127.0.0.1:1";
  const Outcome outcome = plimsoll(nowhere);
  EXPECT_EQ(outcome.status, 5);
  EXPECT_EQ(outcome.err,
            "plimsoll: no feed could be fetched (127.0.0.1: nobody answers); the database stays as "
            "it is\n");
  EXPECT_EQ(newest(), "2026-01-01");
}

TEST_F(DbUpdate, PrintsTheFeedsAndAsksNobody) {
  const Outcome table = plimsoll(arguments({"--list"}));
  EXPECT_EQ(table.status, 0);
  EXPECT_NE(table.out.find("https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip"),
            std::string::npos);
  const auto json =
      nlohmann::json::parse(plimsoll({"db", "update", "--dry-run", "--format", "json"}).out);
  EXPECT_GT(json.size(), 20U);
  EXPECT_TRUE(site_.log().empty());
  EXPECT_FALSE(fs::exists(home_.path() + "/feeds"));
}

TEST_F(DbUpdate, RefusesOtherCommandLines) {
  for (const Texts& wrong : std::vector<Texts>{{"db", "update", "npm"},
                                               {"db", "update", "--feed", "nothing"},
                                               {"db", "update", "--ecosystem", "nothing"},
                                               {"db", "update", "--only-mirror"},
                                               {"db", "update", "--mirror", "http://a.example/"},
                                               {"db", "update", "--mirror", "ftp://a.example/"}}) {
    const Outcome outcome = plimsoll(wrong);
    EXPECT_EQ(outcome.status, 2) << wrong.back() << outcome.err;
  }
}

TEST_F(DbUpdate, TakesTurns) {
  publish(site_, kDay);
  Outcome first;
  Outcome second;
  std::thread other([&] { first = plimsoll(arguments()); });
  second = plimsoll(arguments());
  other.join();
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(newest(), "2026-01-01");
}

/// Starts an update and kills it after a while.
void kill_after(const Texts& arguments, std::chrono::microseconds time) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nothing, STDERR_FILENO);
    std::vector<char*> all{const_cast<char*>(PLIMSOLL_EXECUTABLE)};
    for (const std::string& each : arguments) all.push_back(const_cast<char*>(each.c_str()));
    all.push_back(nullptr);
    ::execv(all[0], all.data());
    ::_exit(127);
  }
  std::this_thread::sleep_for(time);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
}

TEST_F(DbUpdate, LeavesTheOldDatabaseOrTheNewOneWheneverItIsKilled) {
  constexpr std::chrono::milliseconds kSlow{10};
  publish(site_, kDay, kSlow);
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(plimsoll(arguments()).status, 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  // The days alternate, so that each run has something to download and to make.
  constexpr int kRuns = 24;
  std::string before = newest();
  int changes = 0;
  for (int i = 1; i <= kRuns; ++i) {
    const char* const day = i % 2 == 1 ? kNextDay : kDay;
    publish(site_, day, kSlow);
    kill_after(arguments({"--allow-older"}), whole * 2 * i / kRuns);
    const Outcome verified = plimsoll({"db", "verify", "--db", database()});
    ASSERT_EQ(verified.status, 0) << "killed in run " << i << ": " << verified.err;
    const std::string now = newest();
    ASSERT_TRUE(now == before || now == std::string(day).substr(0, 10)) << now;
    if (now != before) ++changes;
    before = now;
  }
  std::cout << changes << " of " << kRuns << " runs left the other database\n";
  // Whatever the last one left, the next one brings all up to date.
  publish(site_, kNextDay);
  const Outcome last = plimsoll(arguments({"--allow-older"}));
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(newest(), "2026-01-02");
}

}  // namespace
}  // namespace plimsoll::test
