#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "archive/sha256.h"
#include "image/blob_store.h"

namespace plimsoll::image {

/// A saved image in memory, for tests.
class SampleStore final : public BlobStore {
 public:
  SampleStore() = default;
  SampleStore(SampleStore&& other) noexcept : files(std::move(other.files)) {}
  bool has(std::string_view path) const override { return files.find(path) != files.end(); }
  Result<std::unique_ptr<archive::ByteStream>> open(std::string_view path) const override {
    const auto found = files.find(path);
    if (found == files.end()) return fail(ErrorCode::kNotFound, "it has no such file", name_);
    return archive::memory_stream(found->second);
  }
  std::optional<std::uint64_t> size(std::string_view path) const override {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional<std::uint64_t>(found->second.size());
  }
  const std::string& name() const override { return name_; }

  /// @return its digest
  std::string blob(const std::string& bytes) {
    const std::string digest = archive::sha256_of(bytes);
    files["blobs/sha256/" + digest.substr(7)] = bytes;
    return digest;
  }

  std::map<std::string, std::string, std::less<>> files;

 private:
  std::string name_ = "image.tar";
};

}  // namespace plimsoll::image
