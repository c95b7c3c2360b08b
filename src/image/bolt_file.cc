#include "image/bolt_file.h"

#include <utility>

namespace plimsoll::image {
namespace {

constexpr std::uint32_t kMagic = 0xED0CDAED;
constexpr std::uint32_t kVersion = 2;
constexpr std::uint16_t kBranch = 1;
constexpr std::uint16_t kLeaf = 2;
constexpr std::uint16_t kMeta = 4;
constexpr std::uint32_t kIsBucket = 1;
constexpr std::size_t kPageHeader = 16;
constexpr std::size_t kElement = 16;       // of both kinds
constexpr std::size_t kBucketHeader = 16;  // root and sequence
constexpr std::size_t kMetaBytes = 64;
constexpr std::size_t kMetaSummed = 56;
constexpr std::uint32_t kSmallestPage = 1024;
constexpr std::uint32_t kLargestPage = 1U << 16U;
constexpr std::uint64_t kMostPageBytes = 16U << 20U;  // with what overflows
constexpr int kMostDepth = 16;

/// Numbers are written in the order of the machine, which is this one wherever images run.
template <class Number>
std::optional<Number> number_at(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(Number)) return std::nullopt;
  Number number = 0;
  for (std::size_t i = sizeof(Number); i > 0; --i) {
    number = static_cast<Number>((static_cast<std::uint64_t>(number) << 8U) |
                                 static_cast<unsigned char>(bytes[offset + i - 1]));
  }
  return number;
}

/// FNV-1a of 64 bits.
std::uint64_t sum_of(std::string_view bytes) {
  std::uint64_t sum = 0xCBF29CE484222325U;
  for (const char c : bytes) {
    sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return sum;
}

tl::unexpected<Error> broken(const char* what) {
  return fail(ErrorCode::kInvalid, std::string("a broken database: ") + what);
}

bool is_page_size(std::uint32_t size) {
  return size >= kSmallestPage && size <= kLargestPage && (size & (size - 1)) == 0;
}

}  // namespace

std::optional<BoltFile::Head> BoltFile::read_head(std::string_view page) {
  if (page.size() < kPageHeader + kMetaBytes) return std::nullopt;
  if (number_at<std::uint16_t>(page, 8) != kMeta) return std::nullopt;
  const std::string_view meta = page.substr(kPageHeader, kMetaBytes);
  if (number_at<std::uint32_t>(meta, 0) != kMagic ||
      number_at<std::uint32_t>(meta, 4) != kVersion ||
      number_at<std::uint64_t>(meta, kMetaSummed) != sum_of(meta.substr(0, kMetaSummed))) {
    return std::nullopt;
  }
  Head head{.page_size = *number_at<std::uint32_t>(meta, 8),
            .root = *number_at<std::uint64_t>(meta, 16),
            .transaction = *number_at<std::uint64_t>(meta, 48),
            .pages = *number_at<std::uint64_t>(meta, 40)};
  return is_page_size(head.page_size) ? std::optional(head) : std::nullopt;
}

/// Of the two heads that are written in turns, the last one that is whole.
Result<std::optional<BoltFile::Head>> BoltFile::newest_head(const ReadAt& read_at) {
  const auto first = read_at(0, kPageHeader + kMetaBytes);
  if (!first) return tl::unexpected(first.error());
  std::optional<Head> newest = read_head(*first);
  // Where the first is broken, nobody knows how long a page is.
  for (std::uint32_t size = kSmallestPage; size <= kLargestPage; size *= 2) {
    if (newest && newest->page_size != size) continue;
    const auto second = read_at(size, kPageHeader + kMetaBytes);
    if (!second) return tl::unexpected(second.error());
    const auto head = read_head(*second);
    if (!head || head->page_size != size) continue;
    if (!newest || head->transaction > newest->transaction) newest = head;
    break;
  }
  return newest;
}

Result<BoltFile> BoltFile::open(ReadAt read_at) {
  const auto head = newest_head(read_at);
  if (!head) return tl::unexpected(head.error());
  if (!*head) return fail(ErrorCode::kInvalid, "no database of bbolt");
  BoltFile file;
  file.read_at_ = std::move(read_at);
  file.head_ = **head;
  return file;
}

bool BoltFile::is_current() const {
  const auto head = newest_head(read_at_);
  return head && *head && (*head)->transaction == head_.transaction;
}

Result<BoltFile::Page> BoltFile::page_of(std::string bytes) {
  const auto flags = number_at<std::uint16_t>(bytes, 8);
  const auto count = number_at<std::uint16_t>(bytes, 10);
  if (!flags || !count || (*flags != kBranch && *flags != kLeaf))
    return broken("no page of a tree");
  if (kPageHeader + *count * kElement > bytes.size()) return broken("a page of too many elements");
  return Page{std::move(bytes), *flags == kBranch, *count};
}

Result<BoltFile::Page> BoltFile::page(std::uint64_t number) const {
  // The two heads come first.
  if (number < 2 || number >= head_.pages || number > (UINT64_MAX >> 17U)) {
    return broken("a page that is not there");
  }
  const std::uint64_t offset = number * head_.page_size;
  auto bytes = read_at_(offset, head_.page_size);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto overflow = number_at<std::uint32_t>(*bytes, 12);
  if (!overflow || number_at<std::uint64_t>(*bytes, 0) != number)
    return broken("a page of another number");
  if (*overflow > 0) {
    const std::uint64_t size = (std::uint64_t{*overflow} + 1) * head_.page_size;
    if (size > kMostPageBytes) return fail(ErrorCode::kLimit, "a page larger than 16 MiB");
    bytes = read_at_(offset, static_cast<std::size_t>(size));
    if (!bytes) return tl::unexpected(bytes.error());
  }
  return page_of(*std::move(bytes));
}

Result<BoltFile::Page> BoltFile::root_of(const Bucket& bucket) const {
  return bucket.root == 0 ? page_of(bucket.inside) : page(bucket.root);
}

std::optional<BoltFile::Element> BoltFile::element(const Page& page, std::size_t index) {
  const std::string_view bytes = page.bytes;
  const std::size_t at = kPageHeader + index * kElement;
  const auto slice = [&](std::uint64_t offset,
                         std::uint32_t size) -> std::optional<std::string_view> {
    if (offset > bytes.size() || bytes.size() - offset < size) return std::nullopt;
    return bytes.substr(static_cast<std::size_t>(offset), size);
  };
  Element found;
  if (page.is_branch) {
    const auto position = number_at<std::uint32_t>(bytes, at);
    const auto key_size = number_at<std::uint32_t>(bytes, at + 4);
    const auto child = number_at<std::uint64_t>(bytes, at + 8);
    if (!position || !key_size || !child) return std::nullopt;
    const auto key = slice(at + *position, *key_size);
    if (!key) return std::nullopt;
    found.key = *key;
    found.child = *child;
    return found;
  }
  const auto flags = number_at<std::uint32_t>(bytes, at);
  const auto position = number_at<std::uint32_t>(bytes, at + 4);
  const auto key_size = number_at<std::uint32_t>(bytes, at + 8);
  const auto value_size = number_at<std::uint32_t>(bytes, at + 12);
  if (!flags || !position || !key_size || !value_size) return std::nullopt;
  const auto key = slice(at + *position, *key_size);
  const auto value = slice(at + std::uint64_t{*position} + *key_size, *value_size);
  if (!key || !value) return std::nullopt;
  found.key = *key;
  found.value = *value;
  found.is_bucket = (*flags & kIsBucket) != 0;
  return found;
}

Result<std::optional<std::size_t>> BoltFile::last_up_to(const Page& page, std::string_view key) {
  std::size_t low = 0;
  std::size_t high = page.count;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const auto one = element(page, middle);
    if (!one) return broken("an element beyond its page");
    if (one->key <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? std::nullopt : std::optional(low - 1);
}

Result<std::optional<BoltFile::Found>> BoltFile::find(const Bucket& bucket,
                                                      std::string_view key) const {
  auto page = root_of(bucket);
  for (int depth = 0; page; ++depth) {
    if (depth == kMostDepth) return broken("a tree without end");
    const auto index = last_up_to(*page, key);
    if (!index) return tl::unexpected(index.error());
    if (!*index) return std::nullopt;
    const auto one = element(*page, **index);
    if (!one) return broken("an element beyond its page");
    if (!page->is_branch) {
      if (one->key != key) return std::nullopt;
      return Found{std::string(one->value), one->is_bucket};
    }
    page = this->page(one->child);
  }
  return tl::unexpected(page.error());
}

Result<std::optional<BoltFile::Bucket>> BoltFile::bucket_at(
    std::initializer_list<std::string_view> path) const {
  Bucket bucket{head_.root, {}};
  for (const std::string_view name : path) {
    auto found = find(bucket, name);
    if (!found) return tl::unexpected(found.error());
    if (!*found || !(*found)->is_bucket) return std::nullopt;
    const auto root = number_at<std::uint64_t>((*found)->value, 0);
    if (!root || (*found)->value.size() < kBucketHeader) return broken("a bucket without root");
    bucket = {*root, (*found)->value.substr(kBucketHeader)};
  }
  return bucket;
}

Result<std::optional<std::string>> BoltFile::get(std::initializer_list<std::string_view> path,
                                                 std::string_view key) const {
  const auto bucket = bucket_at(path);
  if (!bucket) return tl::unexpected(bucket.error());
  if (!*bucket) return std::nullopt;
  auto found = find(**bucket, key);
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->is_bucket) return std::nullopt;
  return std::move((*found)->value);
}

}  // namespace plimsoll::image
