#pragma once

#include <unistd.h>

#include <memory>
#include <utility>

#include "archive/byte_stream.h"

namespace plimsoll::image {

/// An open file; closed with it.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  /// Closes it now.
  void reset() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// A stream that keeps the file open that it reads.
class OwningStream final : public archive::ByteStream {
 public:
  OwningStream(std::shared_ptr<Descriptor> file, std::unique_ptr<archive::ByteStream> stream)
      : file_(std::move(file)), stream_(std::move(stream)) {}
  Result<std::size_t> read(std::span<char> buffer) override { return stream_->read(buffer); }
  Result<void> skip(std::uint64_t bytes) override { return stream_->skip(bytes); }
  std::optional<archive::FileRange> range() const override { return stream_->range(); }

 private:
  std::shared_ptr<Descriptor> file_;
  std::unique_ptr<archive::ByteStream> stream_;
};

}  // namespace plimsoll::image
