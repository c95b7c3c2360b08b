#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::image {

/// A database of bbolt, read without its library: containerd keeps the names of its images in one.
/// Pages are read when they are needed; nothing is locked, so a writer is not held up. bbolt never
/// changes a page that the last transaction uses, but later ones may: is_current() tells.
/// Source: https://github.com/etcd-io/bbolt, internal/common/page.go and meta.go (format version 2)
class BoltFile {
 public:
  /// Bytes of the file; fewer where it ends.
  using ReadAt = std::function<Result<std::string>(std::uint64_t offset, std::size_t size)>;

  /// @error kInvalid  no such database, or both of its heads are broken
  [[nodiscard]] static Result<BoltFile> open(ReadAt read_at);

  /// The value of `key` in the bucket within buckets that `path` names; nothing where one is
  /// missing.
  /// @error kInvalid  a broken page     @error kLimit  a page larger than 16 MiB
  [[nodiscard]] Result<std::optional<std::string>> get(std::initializer_list<std::string_view> path,
                                                       std::string_view key) const;

  /// Whether no transaction has ended since it was opened.
  [[nodiscard]] bool is_current() const;

 private:
  struct Head {
    std::uint32_t page_size = 0;
    std::uint64_t root = 0;
    std::uint64_t transaction = 0;
    std::uint64_t pages = 0;
  };
  /// A page's elements, or those of a bucket that is small enough to lie in its parent.
  struct Page {
    std::string bytes;
    bool is_branch = false;
    std::size_t count = 0;
  };
  struct Element {
    std::string_view key;
    std::string_view value;   ///< of a leaf
    std::uint64_t child = 0;  ///< of a branch
    bool is_bucket = false;
  };
  struct Bucket {
    std::uint64_t root = 0;  ///< 0: inside
    std::string inside;
  };

  [[nodiscard]] static std::optional<Head> read_head(std::string_view page);
  [[nodiscard]] static Result<std::optional<Head>> newest_head(const ReadAt& read_at);
  [[nodiscard]] Result<Page> page(std::uint64_t number) const;
  [[nodiscard]] static Result<Page> page_of(std::string bytes);
  [[nodiscard]] Result<Page> root_of(const Bucket& bucket) const;
  [[nodiscard]] static std::optional<Element> element(const Page& page, std::size_t index);
  /// The index of the last element whose key is not beyond `key`; nothing when all are.
  [[nodiscard]] static Result<std::optional<std::size_t>> last_up_to(const Page& page,
                                                                     std::string_view key);
  struct Found {
    std::string value;
    bool is_bucket = false;
  };
  [[nodiscard]] Result<std::optional<Found>> find(const Bucket& bucket, std::string_view key) const;
  [[nodiscard]] Result<std::optional<Bucket>> bucket_at(
      std::initializer_list<std::string_view> path) const;

  ReadAt read_at_;
  Head head_;
};

}  // namespace plimsoll::image
