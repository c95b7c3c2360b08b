#include "archive/zip_writer.h"

#include <algorithm>
#include <utility>

#include "archive/checksum.h"

namespace plimsoll::archive {
namespace {

constexpr std::size_t kMostBytes = 0xFFFF'0000;
constexpr std::size_t kLongestPath = 0xFFFF;
constexpr std::uint64_t kMostFiles = 0xFFFF;  // the end record counts with 16 bits
constexpr std::uint64_t kUtf8Names = 1U << 11U;
constexpr std::uint64_t kFirstDay = 1U << 5U | 1U;  // 1980-01-01: the same bytes every time

std::string little(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (; text.size() < bytes; value >>= 8U) text += static_cast<char>(value & 0xFFU);
  return text;
}

}  // namespace

Result<void> ZipWriter::copy(std::string_view archive, const ZipEntry& entry) {
  const auto packed = packed_bytes(archive, entry);
  if (!packed) return tl::unexpected(packed.error());
  return put(entry, *packed);
}

Result<void> ZipWriter::add(std::string_view path, std::string_view bytes) {
  if (bytes.size() > kMostBytes) return fail(ErrorCode::kTooLarge, "too large for a ZIP archive");
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return put({.path = path, .packed_bytes = size, .unpacked_bytes = size, .sum = crc32_of(bytes)},
             bytes);
}

Result<void> ZipWriter::put(const ZipEntry& about, std::string_view packed) {
  // Version 2.0 reads it, flags, method, time, day, sum, sizes, lengths.
  const std::string common = little(20, 2) + little(kUtf8Names, 2) + little(about.method, 2) +
                             little(0, 2) + little(kFirstDay, 2) + little(about.sum, 4) +
                             little(packed.size(), 4) + little(about.unpacked_bytes, 4) +
                             little(about.path.size(), 2) + little(0, 2);
  if (about.path.size() > kLongestPath ||
      bytes_.size() + directory_.size() + packed.size() + 2 * about.path.size() + 256 >
          kMostBytes) {
    return fail(ErrorCode::kTooLarge, "too large for a ZIP archive");
  }
  directory_ += "PK\x01\x02" + little(20, 2) + common + little(0, 10) + little(bytes_.size(), 4);
  directory_ += about.path;
  bytes_ += "PK\x03\x04" + common;
  bytes_ += about.path;
  bytes_ += packed;
  ++files_;
  return {};
}

std::string ZipWriter::finish() {
  const std::uint64_t offset = bytes_.size();
  const std::uint64_t size = directory_.size();
  bytes_ += std::exchange(directory_, {});
  if (files_ >= kMostFiles) {
    const std::uint64_t far_end = bytes_.size();
    bytes_ += "PK\x06\x06" + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8) +
              little(files_, 8) + little(files_, 8) + little(size, 8) + little(offset, 8);
    bytes_ += "PK\x06\x07" + little(0, 4) + little(far_end, 8) + little(1, 4);
  }
  const std::uint64_t count = std::min(files_, kMostFiles);
  bytes_ += "PK\x05\x06" + little(0, 4) + little(count, 2) + little(count, 2) + little(size, 4) +
            little(offset, 4) + little(0, 2);
  return std::move(bytes_);
}

}  // namespace plimsoll::archive
