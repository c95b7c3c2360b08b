#include "archive/byte_stream.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace plimsoll::archive {
namespace {

tl::unexpected<Error> too_short() {
  return fail(ErrorCode::kInvalid, "it ends before it should");
}

class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t size = std::min(buffer.size(), rest_.size());
    std::copy_n(rest_.data(), size, buffer.data());
    rest_.remove_prefix(size);
    return size;
  }
  Result<void> skip(std::uint64_t bytes) override {
    if (bytes > rest_.size()) return too_short();
    rest_.remove_prefix(static_cast<std::size_t>(bytes));
    return {};
  }

 private:
  std::string_view rest_;
};

class FileStream final : public ByteStream {
 public:
  FileStream(int descriptor, std::uint64_t offset, std::uint64_t size, std::string name)
      : descriptor_(descriptor), offset_(offset), rest_(size), name_(std::move(name)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), rest_));
    if (wanted == 0) return 0;
    ssize_t got = 0;
    do {
      got = ::pread(descriptor_, buffer.data(), wanted, static_cast<off_t>(offset_));
    } while (got < 0 && errno == EINTR);
    if (got < 0) return fail(ErrorCode::kUnreadable, std::strerror(errno), name_);
    if (got == 0) return fail(ErrorCode::kInvalid, "it ends before it should", name_);
    offset_ += static_cast<std::uint64_t>(got);
    rest_ -= static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
  Result<void> skip(std::uint64_t bytes) override {
    if (bytes > rest_) return too_short();
    offset_ += bytes;
    rest_ -= bytes;
    return {};
  }
  std::optional<FileRange> range() const override { return FileRange{descriptor_, offset_, rest_}; }

 private:
  int descriptor_;
  std::uint64_t offset_;
  std::uint64_t rest_;
  std::string name_;
};

}  // namespace

Result<void> ByteStream::skip(std::uint64_t bytes) {
  std::vector<char> scratch(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, 64U << 10U)));
  while (bytes > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, scratch.size()));
    const auto got = read(std::span(scratch).first(wanted));
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return too_short();
    bytes -= *got;
  }
  return {};
}

std::unique_ptr<ByteStream> memory_stream(std::string_view bytes) {
  return std::make_unique<MemoryStream>(bytes);
}

std::unique_ptr<ByteStream> file_stream(int descriptor, std::uint64_t offset, std::uint64_t size,
                                        std::string name) {
  return std::make_unique<FileStream>(descriptor, offset, size, std::move(name));
}

Result<std::size_t> read_fully(ByteStream& stream, std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const auto got = stream.read(buffer.subspan(filled));
    if (!got) return got;
    if (*got == 0) break;
    filled += *got;
  }
  return filled;
}

}  // namespace plimsoll::archive
