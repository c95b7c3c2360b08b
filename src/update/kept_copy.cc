#include "update/kept_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>

#include "advisory/feed_text.h"
#include "archive/checksum.h"
#include "archive/sha256.h"
#include "core/ascii.h"
#include "core/date.h"
#include "core/file_system.h"

namespace plimsoll::update {
namespace {

constexpr std::size_t kMostAbout = 64U << 10U;
constexpr std::size_t kPiece = 1U << 20U;
constexpr std::size_t kDayBytes = 10;

/// One spelling of dates as feeds and servers write them, which is ordered as text is; "" of
/// anything else.
std::string plain_date(const std::string& date) {
  if (std::string time = utc_date_time(date); !time.empty()) return time;
  const std::string day = date.substr(0, kDayBytes);
  if (parse_date(day)) return day;
  const std::string words = advisory::date_of_words(date);
  // "Wed, 29 Mar 2023 00:10:00 GMT": the only form that RFC 9110 lets servers write.
  constexpr std::size_t kClock = 17;
  if (words.empty() || date.size() != 29) return words;
  return utc_date_time(words + 'T' + date.substr(kClock, 8) + 'Z');
}

Error cannot_write(const std::string& file) {
  return fail(ErrorCode::kEnvironment, std::string("cannot write: ") + std::strerror(errno), file)
      .value();
}

}  // namespace

std::string about_path(const std::string& file) {
  return file + ".about.json";
}

Result<KeptCopy> read_about(const std::string& file) {
  const std::string path = about_path(file);
  const DiskFileSystem disk;
  const auto text = disk.read(path, kMostAbout);
  if (!text) return tl::unexpected(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::kInvalid, "not what is known of a feed", path);
  const auto take = [&json](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  KeptCopy copy{.address = take("address"),
                .etag = take("etag"),
                .last_modified = take("last_modified"),
                .list_etag = take("list_etag"),
                .digest = take("digest"),
                .before = take("before"),
                .made = take("made"),
                .fetched = take("fetched"),
                .checked = take("checked")};
  if (const auto bytes = json.find("bytes"); bytes != json.end() && bytes->is_number_unsigned()) {
    copy.bytes = bytes->get<std::uint64_t>();
  }
  return copy;
}

Result<void> write_about(const std::string& file, const KeptCopy& copy) {
  const nlohmann::ordered_json json{
      {"address", copy.address},     {"etag", copy.etag},     {"last_modified", copy.last_modified},
      {"list_etag", copy.list_etag}, {"digest", copy.digest}, {"before", copy.before},
      {"bytes", copy.bytes},         {"made", copy.made},     {"fetched", copy.fetched},
      {"checked", copy.checked}};
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  return write_small_file(about_path(file), json.dump(2, ' ', false, kReplace) + '\n');
}

Result<Sums> sums_of_file(const std::string& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                std::string("cannot read: ") + std::strerror(errno), file);
  }
  Sums sums;
  archive::Sha256 sha256;
  std::string piece(kPiece, '\0');
  ssize_t count = 0;
  while ((count = ::read(opened, piece.data(), piece.size())) > 0) {
    const auto bytes = std::string_view(piece).substr(0, static_cast<std::size_t>(count));
    sha256.add(bytes);
    sums.crc32c = archive::crc32c_of(bytes, sums.crc32c);
  }
  ::close(opened);
  if (count < 0) return fail(ErrorCode::kUnreadable, "cannot read", file);
  sums.sha256 = sha256.digest();
  return sums;
}

Result<void> write_small_file(const std::string& file, std::string_view text) {
  // Only who has the lock of the folder writes, so that one name is enough.
  const std::string beside = file + ".new";
  const int opened = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (opened < 0) return tl::unexpected(cannot_write(file));
  const bool is_written =
      ::write(opened, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(opened) == 0;
  const bool is_closed = ::close(opened) == 0;
  if (is_written && is_closed && std::rename(beside.c_str(), file.c_str()) == 0) return {};
  Error error = cannot_write(file);
  ::unlink(beside.c_str());
  return tl::unexpected(std::move(error));
}

bool is_before(const std::string& date, const std::string& than) {
  std::string a = plain_date(date);
  std::string b = plain_date(than);
  if (a.empty() || b.empty()) return false;
  if (a.size() != b.size()) {
    a.resize(kDayBytes);
    b.resize(kDayBytes);
  }
  return a < b;
}

}  // namespace plimsoll::update
