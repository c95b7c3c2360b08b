#include "archive/zip_archive.h"

#include <algorithm>

#include "archive/inflate.h"

namespace plimsoll::archive {
namespace {

constexpr std::string_view kEndMark{"PK\x05\x06", 4};
constexpr std::string_view kDirectoryMark{"PK\x01\x02", 4};
constexpr std::string_view kFileMark{"PK\x03\x04", 4};
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kDirectoryBytes = 46;
constexpr std::size_t kFileBytes = 30;

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
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
  const std::size_t said = number(archive, end + 16, 4);
  const std::size_t directory_bytes = number(archive, end + 12, 4);
  std::size_t at = said;
  if (directory_bytes <= end && said <= end - directory_bytes &&
      archive.substr(end - directory_bytes, 4) == kDirectoryMark) {
    at = end - directory_bytes;
  }
  const std::size_t before = at - said;
  while (at < end && end - at >= kDirectoryBytes) {
    if (archive.substr(at, 4) != kDirectoryMark) break;
    const std::size_t name_bytes = number(archive, at + 28, 2);
    const std::size_t other_bytes = number(archive, at + 30, 2) + number(archive, at + 32, 2);
    if (end - at - kDirectoryBytes < name_bytes + other_bytes) break;
    entries.push_back(
        {.path = archive.substr(at + kDirectoryBytes, name_bytes),
         .method = static_cast<std::uint16_t>(number(archive, at + 10, 2)),
         .packed_bytes = number(archive, at + 20, 4),
         .header_offset = static_cast<std::uint32_t>(number(archive, at + 42, 4) + before)});
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

Result<std::string> unzip(std::string_view archive, const ZipEntry& entry, std::size_t most) {
  const std::size_t at = entry.header_offset;
  const bool is_there = at < archive.size() && archive.size() - at >= kFileBytes &&
                        archive.substr(at, 4) == kFileMark;
  if (!is_there) return fail(ErrorCode::kInvalid, "a file of the ZIP archive is missing");
  const std::size_t start =
      at + kFileBytes + number(archive, at + 26, 2) + number(archive, at + 28, 2);
  if (start > archive.size() || archive.size() - start < entry.packed_bytes) {
    return fail(ErrorCode::kInvalid, "a file of the ZIP archive is cut off");
  }
  const std::string_view packed = archive.substr(start, entry.packed_bytes);
  if (entry.method == 8) return inflate(packed, most);
  if (entry.method != 0) return fail(ErrorCode::kInvalid, "a ZIP archive packed in another way");
  if (packed.size() > most) return fail(ErrorCode::kTooLarge, "more bytes than may be unpacked");
  return std::string(packed);
}

}  // namespace plimsoll::archive
