#include "update/download.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "update/sample_site.h"

namespace plimsoll::update {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDay = "Sun, 22 Nov 2026 10:00:00 GMT";
constexpr const char* kNextDay = "Mon, 23 Nov 2026 10:00:00 GMT";

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Larger than what makes up for a break.
std::string long_text(char letter) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + letter;
  return text;
}

class DownloadTest : public testing::Test {
 protected:
  DownloadTest()
      : folder_(fs::temp_directory_path() / ("plimsoll-download-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~DownloadTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string part() const { return folder_ / "part"; }
  Result<Download> get(DownloadRequest request = {}) {
    Web web({.variable = [](std::string_view) { return std::string(); },
             .sleep = [](std::chrono::seconds) {}});
    request.address = site_.url("/f");
    request.part = part();
    std::atomic<std::uint64_t> received = 0;
    return download(web, request, received);
  }
  static std::string message(const Result<Download>& got) {
    return got ? "downloaded" : got.error().message;
  }

  SampleSite site_;

 private:
  fs::path folder_;
};

TEST_F(DownloadTest, WritesTheFile) {
  site_.put("/f", {.body = "hello", .etag = "\"1\"", .last_modified = kDay});
  const auto got = get();
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(read(part()), "hello");
  EXPECT_EQ(got->bytes, 5U);
  EXPECT_EQ(got->etag, "\"1\"");
  EXPECT_EQ(got->last_modified, kDay);
  EXPECT_EQ(got->digest, "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
}

TEST_F(DownloadTest, IsNotSentWhatItHas) {
  site_.put("/f", {.body = "hello", .etag = "\"1\"", .last_modified = kDay});
  EXPECT_TRUE(get({.etag = "\"1\""}).value().is_unchanged);
  EXPECT_TRUE(get({.last_modified = kDay}).value().is_unchanged);
  EXPECT_FALSE(get({.etag = "\"0\"", .last_modified = kDay}).value().is_unchanged);
}

TEST_F(DownloadTest, DoesNotBelieveThatNothingChangedForWhoHasNothing) {
  site_.put("/f", {.status = 304});
  EXPECT_EQ(message(get()), "it says that nothing changed to who has nothing");
}

TEST_F(DownloadTest, GoesOnWhereTheConnectionBroke) {
  const std::string text = long_text('a');
  site_.put("/f", {.body = text, .etag = "\"1\"", .cut = 3});
  ASSERT_TRUE(get());
  EXPECT_EQ(read(part()), text);
  EXPECT_EQ(site_.log(),
            (std::vector<std::string>{"GET /f 200", "GET /f 206", "GET /f 206", "GET /f 206"}));
}

TEST_F(DownloadTest, GoesOnWhereAnEarlierRunWasKilled) {
  const std::string text = long_text('a');
  site_.put("/f", {.body = text, .last_modified = kDay, .cut = 100});
  EXPECT_FALSE(get());
  const std::uintmax_t before = fs::file_size(part());
  EXPECT_GT(before, text.size() / 2);
  site_.forget();
  site_.put("/f", {.body = text, .last_modified = kDay});
  ASSERT_TRUE(get());
  EXPECT_EQ(read(part()), text);
  EXPECT_EQ(site_.log(), std::vector<std::string>{"GET /f 206"});
}

TEST_F(DownloadTest, BeginsAnewWhereTheFileIsAnotherByNow) {
  const std::string text = long_text('b');
  site_.put("/f", {.body = long_text('a'), .last_modified = kDay, .cut = 100});
  EXPECT_FALSE(get());
  site_.put("/f", {.body = text, .last_modified = kNextDay});
  ASSERT_TRUE(get());
  EXPECT_EQ(read(part()), text);
  site_.put("/f", {.body = long_text('a'), .last_modified = kDay, .cut = 100});
  EXPECT_FALSE(get());
  site_.put("/f", {.body = "short", .last_modified = kDay});  // answers 416
  ASSERT_TRUE(get());
  EXPECT_EQ(read(part()), "short");
}

TEST_F(DownloadTest, BeginsAnewWhereNothingNamesTheVersion) {
  const std::string text = long_text('a');
  site_.put("/f", {.body = text, .etag = "W/\"1\"", .cut = 1});
  ASSERT_TRUE(get());
  EXPECT_EQ(read(part()), text);
  EXPECT_EQ(site_.log(), (std::vector<std::string>{"GET /f 200", "GET /f 200"}));
}

TEST_F(DownloadTest, GivesUpWhereNothingComes) {
  site_.put("/f", {.body = std::string(1000, 'x'), .etag = "\"1\"", .cut = 100});
  EXPECT_FALSE(get());
  EXPECT_LE(site_.log().size(), 6U);
}

TEST_F(DownloadTest, RefusesWhatIsNotWhatTheServerSays) {
  site_.put("/f", {.body = "123456788", .headers = "x-goog-hash: crc32c=4waSgw==\r\n"});
  EXPECT_EQ(message(get()), "it is not what its server says that its digest is");
  EXPECT_FALSE(fs::exists(part()));
  site_.put("/f", {.body = "123456789", .headers = "x-goog-hash: crc32c=4waSgw==\r\n"});
  EXPECT_EQ(message(get()), "downloaded");
}

TEST_F(DownloadTest, ChecksWhatCameInPiecesAsAWhole) {
  const std::string text = long_text('a');
  site_.put(
      "/f",
      {.body = text, .etag = "\"1\"", .headers = "x-goog-hash: crc32c=AAAAAA==\r\n", .cut = 2});
  EXPECT_EQ(message(get()), "it is not what its server says that its digest is");
}

TEST_F(DownloadTest, TakesPackedBytesOnlyWhereItAsked) {
  site_.put("/f", {.body = "packed", .headers = "Content-Encoding: gzip\r\n"});
  EXPECT_EQ(message(get()), "it is packed in a way that nobody asked for");
  EXPECT_EQ(message(get({.may_be_packed = true})), "downloaded");
  site_.put("/f", {.body = "packed", .headers = "Content-Encoding: br\r\n"});
  EXPECT_EQ(message(get({.may_be_packed = true})), "it is packed in a way that nobody asked for");
}

TEST_F(DownloadTest, SaysThatThereIsNone) {
  const auto got = get();
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace plimsoll::update
