#include <algorithm>
#include <optional>
#include <string>

#include "image/byte_order.h"
#include "image/rpm_database.h"

namespace plimsoll::image {
namespace {

// Layout: Berkeley DB 5.3, src/dbinc/db_page.h and hash.h.
constexpr std::uint32_t kHashMagic = 0x061561;
constexpr std::size_t kMagicOffset = 12;
constexpr std::size_t kPageSizeOffset = 20;
constexpr std::size_t kEncryptionOffset = 24;
constexpr std::size_t kNextPageOffset = 16;
constexpr std::size_t kEntriesOffset = 20;
constexpr std::size_t kLastPageOffset = 32;  ///< of the first page: the number of the last one
constexpr std::size_t kUsedOffset = 22;      ///< of an overflow page: its bytes of data
constexpr std::size_t kTypeOffset = 25;
constexpr std::size_t kPageHeaderBytes = 26;

constexpr char kUnsortedHashPage = 2;
constexpr char kOverflowPage = 7;
constexpr char kHashPage = 13;

constexpr char kOnPage = 1;
constexpr char kOffPage = 3;

std::optional<ByteOrder> order_of(std::string_view bytes) {
  for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
    if (number_at(bytes, kMagicOffset, 4, order) == kHashMagic) return order;
  }
  return std::nullopt;
}

/// Pages hold keys and values in turn. The key is a package's number, the value its header, which
/// is nearly always too long for the page and stands in a chain of overflow pages.
class Hash {
 public:
  Hash(std::string_view bytes, ByteOrder order)
      : bytes_(bytes), order_(order), page_bytes_(number_at(bytes, kPageSizeOffset, 4, order)) {}

  [[nodiscard]] bool is_readable() const {
    const bool is_power = page_bytes_ != 0 && (page_bytes_ & (page_bytes_ - 1)) == 0;
    return is_power && page_bytes_ >= 512 && page_bytes_ <= 65536 && bytes_.size() >= page_bytes_ &&
           bytes_[kEncryptionOffset] == 0;
  }

  Result<void> read(const TakeHeader& take) {
    const std::size_t pages = bytes_.size() / page_bytes_;
    for (std::size_t number = 1; number < pages; ++number) {
      const std::string_view page = page_at(number);
      if (page[kTypeOffset] == kHashPage || page[kTypeOffset] == kUnsortedHashPage) {
        read_page(page, take);
      }
      if (work_left_ == 0) {
        return fail(ErrorCode::kLimit, "records share pages: the database is no real one");
      }
    }
    if (broken_ != 0) {
      return fail(ErrorCode::kInvalid, std::to_string(broken_) + " broken records in the database");
    }
    if (number_at(bytes_, kLastPageOffset, 4, order_) >= pages) {
      return fail(ErrorCode::kInvalid, "the database breaks off");
    }
    return {};
  }

 private:
  [[nodiscard]] std::string_view page_at(std::size_t number) const {
    return bytes_.substr(number * page_bytes_, page_bytes_);
  }
  [[nodiscard]] std::uint32_t number(std::string_view page, std::size_t offset,
                                     std::size_t size) const {
    return number_at(page, offset, size, order_);
  }

  /// Items grow from the end of the page, so one ends where the one before begins. "" when it is
  /// broken.
  [[nodiscard]] std::string_view item(std::string_view page, std::size_t index) const {
    const std::size_t slot = kPageHeaderBytes + index * 2;
    if (slot + 2 > page.size()) return {};
    const std::size_t begin = number(page, slot, 2);
    const std::size_t end = index == 0 ? page.size() : number(page, slot - 2, 2);
    if (begin < kPageHeaderBytes || begin >= end || end > page.size()) return {};
    return page.substr(begin, end - begin);
  }

  void read_page(std::string_view page, const TakeHeader& take) {
    const std::size_t entries = number(page, kEntriesOffset, 2);
    for (std::size_t i = 0; i + 1 < entries; i += 2) {
      const std::string_view key = item(page, i);
      // Number 0 is no package but counts them.
      const bool is_count = key.size() == 5 && number(key, 1, 4) == 0;
      if (!is_count) read_value(item(page, i + 1), take);
    }
  }

  void read_value(std::string_view item, const TakeHeader& take) {
    if (item.size() > 1 && item[0] == kOnPage) {
      spend(item.size());
      take(item.substr(1));
    } else if (item.size() >= 12 && item[0] == kOffPage) {
      const auto value = chained(number(item, 4, 4), number(item, 8, 4));
      if (value) {
        take(*value);
      } else {
        ++broken_;
      }
    } else {
      ++broken_;
    }
  }

  /// Each overflow page belongs to one value, so all of them together are no longer than the file.
  void spend(std::size_t bytes) { work_left_ -= std::min(work_left_, bytes); }

  std::optional<std::string> chained(std::uint32_t page_number, std::size_t length) {
    std::string value;
    while (value.size() < length && work_left_ != 0) {
      if (page_number == 0 || page_number >= bytes_.size() / page_bytes_) return std::nullopt;
      const std::string_view page = page_at(page_number);
      if (page[kTypeOffset] != kOverflowPage) return std::nullopt;
      const std::size_t used = number(page, kUsedOffset, 2);
      value += page.substr(kPageHeaderBytes, used);
      spend(page_bytes_);
      page_number = number(page, kNextPageOffset, 4);
    }
    if (value.size() < length) return std::nullopt;
    value.resize(length);
    return value;
  }

  std::string_view bytes_;
  ByteOrder order_;
  std::size_t page_bytes_;
  std::size_t work_left_ = bytes_.size() + 1;
  std::size_t broken_ = 0;
};

}  // namespace

bool is_berkeley_database(std::string_view bytes) {
  return order_of(bytes).has_value();
}

Result<void> read_berkeley_database(std::string_view bytes, const TakeHeader& take) {
  const auto order = order_of(bytes);
  if (!order) return fail(ErrorCode::kInvalid, "no hash of Berkeley DB");
  Hash hash(bytes, *order);
  if (!hash.is_readable()) {
    return fail(ErrorCode::kInvalid, "a hash of Berkeley DB with a broken first page");
  }
  return hash.read(take);
}

}  // namespace plimsoll::image
