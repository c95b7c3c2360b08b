#include <gtest/gtest.h>
#include <sqlite3.h>

#include "image/package_dump.h"
#include "image/sample_rpm.h"

namespace plimsoll::image {
namespace {

using sample_rpm::berkeley;
using sample_rpm::Header;
using sample_rpm::ndb;

std::string sqlite(const std::vector<std::string>& blobs, const std::string& schema,
                   bool has_log = false) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, schema.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  for (const std::string& blob : blobs) {
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO Packages(blob) VALUES(?)", -1, &insert, nullptr);
    sqlite3_bind_blob(insert, 1, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
    EXPECT_EQ(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
  }
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(database, "main", &size, 0);
  std::string copy(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3_close(database);
  if (has_log) copy[18] = copy[19] = 2;
  return copy;
}

constexpr const char* kSchema = "CREATE TABLE Packages(hnum INTEGER PRIMARY KEY, blob BLOB)";

/// One of a page, one that needs some, and a key, which is no package.
std::vector<std::string> three() {
  Header large = sample_rpm::package("large", "2", "1.el9");
  large.text(1004, std::string(2000, 's'));
  return {sample_rpm::package("small", "1", "1.el9").blob(), large.blob(),
          sample_rpm::package("gpg-pubkey", "0123", "4567").blob()};
}

TEST(Rpmdb, ReadsEveryForm) {
  for (const std::string& database :
       {ndb(three()), berkeley(three(), false), berkeley(three(), true), sqlite(three(), kSchema),
        sqlite(three(), kSchema, true)}) {
    EXPECT_EQ(dump(read_kind("rpmdb", database)), "large 2-1.el9, small 1-1.el9");
  }
}

TEST(Rpmdb, SaysWhatTheHeaderSays) {
  Header header = sample_rpm::package("perl-libs", "5.32", "4.el9");
  header.numbers(1003, {4})
      .text(1014, "GPL+ or Artistic")
      .text(1044, "perl-5.32-4.el9.src.rpm")
      .text(5096, "perl:5.32:9040:abc")
      .numbers(1116, {1, 0})
      .texts(1117, {"a", "b"})
      .texts(1118, {"/usr/lib/", "/etc/"});
  const auto reading = read_kind("rpmdb", ndb({header.blob()}));
  ASSERT_EQ(reading.packages.size(), 1U);
  const Package& package = reading.packages[0];
  EXPECT_EQ(package.version, "4:5.32-4.el9");
  EXPECT_EQ(package.ecosystem, "RPM");
  EXPECT_EQ(package.architecture, "x86_64");
  EXPECT_EQ(package.source_name, "perl");
  EXPECT_EQ(package.source_version, "");
  EXPECT_EQ(package.module_label, "perl:5.32:9040:abc");
  EXPECT_EQ(package.licenses, std::vector<std::string>{"GPL+ or Artistic"});
  EXPECT_EQ(package.files, (std::vector<std::string>{"/etc/a", "/usr/lib/b"}));
  EXPECT_EQ(package.line, 0U);
}

TEST(Rpmdb, TellsASourceOnlyWhereItDiffers) {
  struct Case {
    const char *archive, *name, *version;
  };
  for (const Case& each : {Case{"a-1-2.src.rpm", "", ""}, Case{"b-1-2.nosrc.rpm", "b", ""},
                           Case{"a-3-2.src.rpm", "a", "3-2"}, Case{"b-c-9-8.src.rpm", "b-c", "9-8"},
                           Case{"(none)", "", ""}, Case{"-1-2.src.rpm", "", ""}}) {
    Header header = sample_rpm::package("a", "1", "2");
    header.text(1044, each.archive);
    const auto reading = read_kind("rpmdb", ndb({header.blob()}));
    ASSERT_EQ(reading.packages.size(), 1U) << each.archive;
    EXPECT_EQ(reading.packages[0].source_name, each.name) << each.archive;
    EXPECT_EQ(reading.packages[0].source_version, each.version) << each.archive;
  }
}

TEST(Rpmdb, WhatWasAddedAtTheInstallationReplacesThePackagesOwn) {
  Header header = sample_rpm::package("a", "1", "2");
  header.text(1002, "3");
  EXPECT_EQ(dump(read_kind("rpmdb", ndb({header.blob()}))), "a 1-3");
}

TEST(Rpmdb, ABrokenHeaderLosesNoOther) {
  std::string broken = three()[0];
  broken[3] = 127;  // more entries than there are
  for (const std::string& database :
       {ndb({broken, three()[1]}), berkeley({broken, three()[1]}, false),
        sqlite({broken, three()[1]}, kSchema)}) {
    EXPECT_EQ(dump(read_kind("rpmdb", database)),
              "large 2-1.el9 !1 broken headers in the database");
  }
}

TEST(Rpmdb, SaysThatADatabaseBreaksOff) {
  std::string hash = berkeley(three(), false);
  hash[32] = 99;  // the number of the last page
  std::string slots = ndb({});
  slots[12] = 99;  // pages of slots
  for (const auto& [database, want] :
       {std::pair{hash, "large 2-1.el9, small 1-1.el9"}, std::pair{slots, ""}}) {
    EXPECT_EQ(dump(read_kind("rpmdb", database)), std::string(want) + " !the database breaks off");
  }
}

TEST(Rpmdb, ABrokenRecordLosesNoOther) {
  std::string lost = ndb(three());
  lost[32 + 4] = 77;  // the slot's number is not the blob's
  EXPECT_EQ(dump(read_kind("rpmdb", lost)), "large 2-1.el9 !1 broken records in the database");
  std::string chain = berkeley(three(), false);
  chain[2 * 512 + 25] = 0;  // the first value's page is no overflow page
  EXPECT_EQ(dump(read_kind("rpmdb", chain)), "large 2-1.el9 !1 broken records in the database");
}

TEST(Rpmdb, PagesAndBytesThatRecordsShareEndTheReading) {
  std::string loop = berkeley({std::string(600, 'x')}, false);
  loop[2 * 512 + 16] = 2;  // the page goes on with itself
  const std::size_t item = 1024 - (5 + 5 + 5 + 12);
  ASSERT_EQ(loop[item], 3);
  loop.replace(item + 8, 4, "\xFF\xFF\xFF\x7F");  // so long the value claims to be
  const auto reading = read_kind("rpmdb", loop);
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].code, ErrorCode::kLimit);

  std::string shared = ndb({std::string(3000, 'x')});
  for (std::size_t at = 48; at < 4096; at += 16) shared.replace(at, 16, shared, 32, 16);
  EXPECT_EQ(read_kind("rpmdb", shared).problems.at(0).code, ErrorCode::kLimit);
}

TEST(Rpmdb, RepeatedFoldersCostNoMoreThanTheDatabaseIsLarge) {
  Header header = sample_rpm::package("a", "1", "2");
  header.texts(1118, {std::string(4000, '/')})
      .texts(1117, std::vector<std::string>(100'000))
      .numbers(1116, std::vector<std::uint32_t>(100'000));
  const std::string database = ndb({header.blob()});
  const auto reading = read_kind("rpmdb", database);
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_LT(reading.packages[0].files.size() * 4000, 17 * database.size());
  EXPECT_FALSE(reading.packages[0].files.empty());
}

TEST(Rpmdb, RunsNothingOfAHostileSchema) {
  for (const char* schema :
       {"CREATE TABLE t(blob BLOB); CREATE VIEW Packages AS SELECT blob FROM t",
        "CREATE VIEW Packages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
        "SELECT i AS blob FROM n",
        "CREATE TABLE Packages(a, blob AS (hex(zeroblob(1000)))); INSERT INTO Packages VALUES(1)",
        "CREATE TABLE Packages(a, blob AS (zeroblob(1)) STORED)", "CREATE TABLE Other(blob)"}) {
    const auto reading = read_kind("rpmdb", sqlite({}, schema));
    EXPECT_TRUE(reading.packages.empty()) << schema;
    ASSERT_EQ(reading.problems.size(), 1U) << schema;
    EXPECT_EQ(reading.problems[0].code, ErrorCode::kInvalid) << schema;
  }
}

TEST(Rpmdb, SaysThatALogMayHoldTheTable) {
  const auto reading = read_kind("rpmdb", sqlite({}, "CREATE TABLE Other(blob)", true));
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_NE(reading.problems[0].message.find("'-wal' file"), std::string::npos);
}

TEST(RpmManifest, ReadsAPackageALine) {
  const auto reading = read_kind("rpm-manifest",
                                 "a\t1-2\t0\t0\tV\t(none)\t9\tx86_64\t0\ta-1-2.src.rpm\n"
                                 "b\t1-2\t0\t0\tV\t3\t9\tnoarch\t3\tc-4-5.src.rpm\n"
                                 "b\t1-2\n\n");
  EXPECT_EQ(dump(reading), "a 1-2, b 3:1-2 !1 lines that list no package");
  EXPECT_EQ(reading.packages[1].source_name, "c");
  EXPECT_EQ(reading.packages[1].source_version, "3:4-5");
  EXPECT_EQ(reading.packages[1].line, 2U);
}

TEST(Rpmdb, RejectsOtherFiles) {
  for (const std::string& bytes :
       {std::string(), std::string("Packages"), std::string(4096, '\0'),
        std::string("SQLite format 3\0", 16), "SQLite format 3" + std::string(4000, '\0')}) {
    const auto reading = read_kind("rpmdb", bytes);
    ASSERT_EQ(reading.problems.size(), 1U);
    EXPECT_EQ(reading.problems[0].code, ErrorCode::kInvalid);
    EXPECT_EQ(reading.problems[0].path, "a/file");
  }
}

}  // namespace
}  // namespace plimsoll::image
