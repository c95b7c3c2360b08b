#include <algorithm>
#include <string>

#include "image/byte_order.h"
#include "image/rpm_database.h"

namespace plimsoll::image {
namespace {

// Layout: rpm, lib/backend/ndb/rpmpkg.c. All numbers are little-endian.
constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kBlockBytes = 16;
constexpr std::size_t kSlotBytes = 16;
constexpr std::size_t kHeaderBytes = 32;  ///< in place of the first slots
constexpr std::size_t kSlotPagesOffset = 12;

std::uint32_t number(std::string_view bytes, std::size_t offset) {
  return number_at(bytes, offset, 4, ByteOrder::kLittle);
}

bool says(std::string_view bytes, std::size_t offset, std::string_view magic) {
  return offset <= bytes.size() && bytes.substr(offset).starts_with(magic);
}

/// The header in the blocks of a slot: a head of 16 bytes with its number and length, then itself.
/// "" when the head is not the slot's.
std::string_view blob_of(std::string_view bytes, std::string_view slot) {
  const std::size_t offset = std::size_t{number(slot, 8)} * kBlockBytes;
  const std::size_t most = std::size_t{number(slot, 12)} * kBlockBytes;
  if (!says(bytes, offset, "BlbS") || number(bytes, offset + 4) != number(slot, 4)) return {};
  const std::size_t length = number(bytes, offset + 12);
  const std::size_t begin = offset + 16;
  if (length > most || begin > bytes.size() || length > bytes.size() - begin) return {};
  return bytes.substr(begin, length);
}

}  // namespace

bool is_ndb_database(std::string_view bytes) {
  return bytes.size() >= kHeaderBytes && says(bytes, 0, "RpmP");
}

Result<void> read_ndb_database(std::string_view bytes, const TakeHeader& take) {
  if (!is_ndb_database(bytes)) return fail(ErrorCode::kInvalid, "no database of RPM");
  const std::size_t slot_bytes = std::size_t{number(bytes, kSlotPagesOffset)} * kPageBytes;
  const std::size_t slots_end = std::min(slot_bytes, bytes.size());
  std::size_t work_left = bytes.size();
  std::size_t broken = 0;
  for (std::size_t at = kHeaderBytes; at + kSlotBytes <= slots_end; at += kSlotBytes) {
    const std::string_view slot = bytes.substr(at, kSlotBytes);
    const bool is_used = number(slot, 4) != 0;
    if (!says(slot, 0, "Slot")) {
      ++broken;
    } else if (is_used) {
      const std::string_view blob = blob_of(bytes, slot);
      if (blob.empty()) ++broken;
      // Blobs do not overlap, so all of them are no longer than the file.
      if (blob.size() > work_left) {
        return fail(ErrorCode::kLimit, "records share bytes: the database is no real one");
      }
      work_left -= blob.size();
      if (!blob.empty()) take(blob);
    }
  }
  if (broken != 0) {
    return fail(ErrorCode::kInvalid, std::to_string(broken) + " broken records in the database");
  }
  if (slots_end < slot_bytes) return fail(ErrorCode::kInvalid, "the database breaks off");
  return {};
}

}  // namespace plimsoll::image
