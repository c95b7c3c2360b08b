#include "update/kept_copy.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace plimsoll::update {
namespace {

TEST(KeptCopy, IsReadAsItWasWritten) {
  const std::string file =
      std::filesystem::temp_directory_path() / ("plimsoll-kept-" + std::to_string(::getpid()));
  ASSERT_TRUE(write_about(file, {.address = "https://a.example/f",
                                 .etag = "\"\xFF\"",
                                 .last_modified = "b",
                                 .list_etag = "c",
                                 .digest = "d",
                                 .before = "e",
                                 .bytes = 1ULL << 40U,
                                 .made = "f",
                                 .fetched = "g",
                                 .checked = "h"}));
  const auto copy = read_about(file);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(copy->address, "https://a.example/f");
  EXPECT_EQ(copy->etag, "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(copy->last_modified + copy->list_etag + copy->digest + copy->before, "bcde");
  EXPECT_EQ(copy->bytes, 1ULL << 40U);
  EXPECT_EQ(copy->made + copy->fetched + copy->checked, "fgh");
  std::ofstream(about_path(file)) << "[1]";
  EXPECT_EQ(read_about(file).error().code, ErrorCode::kInvalid);
  std::filesystem::remove(about_path(file));
  EXPECT_EQ(read_about(file).error().code, ErrorCode::kNotFound);
}

TEST(IsBefore, ComparesDatesAsFeedsWriteThem) {
  struct Case {
    const char* date;
    const char* than;
    bool want;
  };
  const Case kCases[] = {
      {"2026-11-21T10:00:00Z", "2026-11-22T09:00:00Z", true},
      {"2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.1Z", false},
      {"2026-11-22T10:00:00+02:00", "2026-11-22T09:00:00Z", true},
      {"2026-08-16T00:00:00+0000", "2026-08-17T00:00:00+0000", true},
      {"2026-08-16T00:00:00+0000", "2026-08-16T00:00:00+0000", false},
      {"2026-11-22", "2026-11-22T09:00:00Z", false},
      {"2026-11-21", "2026-11-22T09:00:00Z", true},
      {"Sun, 22 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:01 GMT", true},
      {"Mon, 23 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:01 GMT", false},
      {"", "2026-11-22", false},
      {"yesterday", "2026-11-22", false},
      {"2026-11-22", "", false},
  };
  for (const Case& each : kCases) {
    EXPECT_EQ(is_before(each.date, each.than), each.want) << each.date << " and " << each.than;
  }
}

}  // namespace
}  // namespace plimsoll::update
