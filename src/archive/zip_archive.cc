#include "archive/zip_archive.h"

#include <algorithm>

#include "archive/inflate.h"

namespace plimsoll::archive {
namespace {

constexpr std::string_view kEndMark{"PK\x05\x06", 4};
constexpr std::string_view kDirectoryMark{"PK\x01\x02", 4};
constexpr std::string_view kFarEndMark{"PK\x06\x06", 4};
constexpr std::string_view kFarEndPlaceMark{"PK\x06\x07", 4};
constexpr std::string_view kFileMark{"PK\x03\x04", 4};
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kDirectoryBytes = 46;
constexpr std::size_t kFarEndBytes = 56;
constexpr std::size_t kFarEndPlaceBytes = 20;
constexpr std::size_t kFileBytes = 30;

struct Directory {
  std::size_t offset = 0;  ///< as the archive says, from its first byte
  std::size_t bytes = 0;
  std::size_t end = 0;  ///< where it is at its end
};

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

std::size_t long_number(std::string_view bytes, std::size_t at) {
  return std::size_t{number(bytes, at + 4, 4)} << 32U | number(bytes, at, 4);
}

/// With more than 65,535 files the end record only says that another one, of ZIP64, stands before
/// it (APPNOTE §4.3.14).
Directory directory_of(std::string_view archive, std::size_t end) {
  const Directory near{
      .offset = number(archive, end + 16, 4), .bytes = number(archive, end + 12, 4), .end = end};
  if (end < kFarEndPlaceBytes + kFarEndBytes ||
      archive.substr(end - kFarEndPlaceBytes, 4) != kFarEndPlaceMark) {
    return near;
  }
  const std::size_t at = end - kFarEndPlaceBytes - kFarEndBytes;
  if (archive.substr(at, 4) != kFarEndMark) return near;
  return {
      .offset = long_number(archive, at + 48), .bytes = long_number(archive, at + 40), .end = at};
}

constexpr std::uint32_t kIsFar = 0xFFFF'FFFF;  ///< the value stands in the extra field of ZIP64
constexpr std::size_t kExtraHeadBytes = 4;
constexpr std::uint32_t kFarExtra = 1;  ///< its id

/// What follows the head of the extra field with this id; "" without.
std::string_view extra_of(std::string_view extra, std::uint32_t id) {
  while (extra.size() >= kExtraHeadBytes) {
    const std::size_t bytes = number(extra, 2, 2);
    const bool is_it = number(extra, 0, 2) == id;
    extra.remove_prefix(kExtraHeadBytes);
    if (bytes > extra.size()) break;
    if (is_it) return extra.substr(0, bytes);
    extra.remove_prefix(bytes);
  }
  return {};
}

/// Fills in what the entry says to be in its extra field: in this order, of what is there only
/// (APPNOTE §4.5.3). What does not fit stays the largest number, which lies outside any archive.
void take_far_values(ZipEntry& entry, std::string_view extra) {
  std::string_view far = extra_of(extra, kFarExtra);
  for (std::uint32_t* value : {&entry.unpacked_bytes, &entry.packed_bytes, &entry.header_offset}) {
    if (*value != kIsFar) continue;
    if (far.size() < 8) return;
    const std::size_t said = long_number(far, 0);
    if (said < kIsFar) *value = static_cast<std::uint32_t>(said);
    far.remove_prefix(8);
  }
}

}  // namespace

Result<std::vector<ZipEntry>> zip_entries(std::string_view archive) {
  // A comment of at most 64 KiB may follow what ends the directory.
  const std::size_t end = archive.rfind(kEndMark);
  const bool is_zip = end != std::string_view::npos && archive.size() - end >= kEndBytes &&
                      archive.size() - end <= kEndBytes + 0xFFFF;
  if (!is_zip) return fail(ErrorCode::kInvalid, "no ZIP archive: it has no directory");
  std::vector<ZipEntry> entries;
  // Offsets count from the archive's first byte, which a start script may stand before. The
  // directory ends where its end mark is.
  const Directory directory = directory_of(archive, end);
  std::size_t at = directory.offset;
  if (directory.bytes <= directory.end && directory.offset <= directory.end - directory.bytes &&
      archive.substr(directory.end - directory.bytes, 4) == kDirectoryMark) {
    at = directory.end - directory.bytes;
  }
  const std::size_t before = at - directory.offset;
  while (at < end && end - at >= kDirectoryBytes) {
    if (archive.substr(at, 4) != kDirectoryMark) break;
    const std::size_t name_bytes = number(archive, at + 28, 2);
    const std::size_t extra_bytes = number(archive, at + 30, 2);
    const std::size_t other_bytes = extra_bytes + number(archive, at + 32, 2);
    if (end - at - kDirectoryBytes < name_bytes + other_bytes) break;
    ZipEntry& entry = entries.emplace_back(
        ZipEntry{.path = archive.substr(at + kDirectoryBytes, name_bytes),
                 .method = static_cast<std::uint16_t>(number(archive, at + 10, 2)),
                 .packed_bytes = number(archive, at + 20, 4),
                 .header_offset = number(archive, at + 42, 4),
                 .unpacked_bytes = number(archive, at + 24, 4),
                 .sum = number(archive, at + 16, 4)});
    take_far_values(entry, archive.substr(at + kDirectoryBytes + name_bytes, extra_bytes));
    entry.header_offset += static_cast<std::uint32_t>(before);
    at += kDirectoryBytes + name_bytes + other_bytes;
  }
  return entries;
}

bool zip_entries_overlap(std::vector<ZipEntry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const ZipEntry& a, const ZipEntry& b) { return a.header_offset < b.header_offset; });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const ZipEntry& last = entries[i - 1];
    const std::size_t end =
        std::size_t{last.header_offset} + kFileBytes + last.path.size() + last.packed_bytes;
    if (end > entries[i].header_offset) return true;
  }
  return false;
}

Result<std::string_view> packed_bytes(std::string_view archive, const ZipEntry& entry) {
  const std::size_t at = entry.header_offset;
  const bool is_there = at < archive.size() && archive.size() - at >= kFileBytes &&
                        archive.substr(at, 4) == kFileMark;
  if (!is_there) return fail(ErrorCode::kInvalid, "a file of the ZIP archive is missing");
  const std::size_t start =
      at + kFileBytes + number(archive, at + 26, 2) + number(archive, at + 28, 2);
  if (start > archive.size() || archive.size() - start < entry.packed_bytes) {
    return fail(ErrorCode::kInvalid, "a file of the ZIP archive is cut off");
  }
  return archive.substr(start, entry.packed_bytes);
}

Result<std::string> unzip(std::string_view archive, const ZipEntry& entry, std::size_t most) {
  const auto packed = packed_bytes(archive, entry);
  if (!packed) return tl::unexpected(packed.error());
  if (entry.method == 8) return inflate(*packed, most);
  if (entry.method != 0) return fail(ErrorCode::kInvalid, "a ZIP archive packed in another way");
  if (packed->size() > most) return fail(ErrorCode::kTooLarge, "more bytes than may be unpacked");
  return std::string(*packed);
}

}  // namespace plimsoll::archive
