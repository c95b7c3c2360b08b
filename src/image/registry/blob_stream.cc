#include "image/registry/blob_stream.h"

#include <algorithm>
#include <array>
#include <utility>

#include "archive/sha256.h"

namespace plimsoll::image::registry {
namespace {

constexpr int kMostBreaks = 5;                   // without progress in between
constexpr int kMostBreaksInAll = 100;            // of one blob
constexpr std::uint64_t kProgress = 64U << 10U;  // bytes that make up for a break

class BlobStream final : public archive::ByteStream {
 public:
  BlobStream(Session& session, std::string digest, std::uint64_t size)
      : session_(session), digest_(std::move(digest)), size_(size) {}

  bool is_checked() const override { return true; }
  Result<std::size_t> read(std::span<char> buffer) override {
    if (failed_) return tl::unexpected(*failed_);
    if (position_ == size_ && (checked_ || size_ > 0)) return 0;
    while (true) {
      if (answer_ == nullptr) {
        if (auto opened = open(); !opened) return stop(opened.error());
      }
      const auto got = read_on(buffer);
      if (got && position_ + *got > size_) {
        return stop(invalid("it is longer than the manifest says"));
      }
      if (got && *got > 0) return take(buffer.first(*got));
      if (got && size_ == 0) return take({});
      // Fewer bytes than the manifest says are a break too.
      const std::string why = got ? "it ends before it should" : got.error().message;
      answer_.reset();
      if (!may_try_again()) return stop(broken(why));
    }
  }

 private:
  Result<std::size_t> take(std::span<const char> bytes) {
    sum_.add({bytes.data(), bytes.size()});
    position_ += bytes.size();
    skipped_ = position_;
    if (position_ == size_) {
      checked_ = true;
      answer_.reset();
      if (sum_.digest() != digest_) return stop(invalid("it is not what its digest says"));
    }
    return bytes.size();
  }

  bool may_try_again() {
    if (position_ - broken_at_ >= kProgress) breaks_ = 0;
    broken_at_ = position_;
    return ++breaks_ < kMostBreaks && ++breaks_in_all_ < kMostBreaksInAll;
  }

  Result<void> open() {
    std::vector<std::string> headers{"Accept-Encoding: identity"};
    if (position_ > 0) headers.push_back("Range: bytes=" + std::to_string(position_) + '-');
    auto answer = session_.get("blobs/" + digest_, std::move(headers));
    if (!answer) return tl::unexpected(answer.error());
    answer_ = *std::move(answer);
    skipped_ = position_;
    if (answer_->status() == 206) {
      const std::string want = "bytes " + std::to_string(position_) + '-';
      if (answer_->header("Content-Range").starts_with(want)) return {};
      return tl::unexpected(broken("it gives another part than was asked for"));
    }
    skipped_ = 0;  // it gives everything anew
    return {};
  }

  /// Passes over what was read before the connection broke.
  http::Outcome<std::size_t> read_on(std::span<char> buffer) {
    while (skipped_ < position_) {
      std::array<char, 16384> scratch{};
      const auto most = std::min<std::uint64_t>(position_ - skipped_, scratch.size());
      const auto got = answer_->read(std::span(scratch).first(static_cast<std::size_t>(most)));
      if (!got || *got == 0) return got;
      skipped_ += *got;
    }
    return answer_->read(buffer);
  }

  [[nodiscard]] Error invalid(std::string message) const {
    return fail(ErrorCode::kInvalid, std::move(message), digest_).value();
  }
  [[nodiscard]] Error broken(std::string message) const {
    return fail(ErrorCode::kUnreadable, std::move(message), digest_).value();
  }
  tl::unexpected<Error> stop(Error error) {
    answer_.reset();
    failed_ = std::move(error);
    return tl::unexpected(*failed_);
  }

  Session& session_;
  std::string digest_;
  std::uint64_t size_;
  std::uint64_t position_ = 0;
  std::uint64_t skipped_ = 0;  ///< of the bytes before `position_` that come once more
  archive::Sha256 sum_;
  bool checked_ = false;
  std::unique_ptr<http::Response> answer_;
  std::optional<Error> failed_;
  int breaks_ = 0;
  int breaks_in_all_ = 0;
  std::uint64_t broken_at_ = 0;
};

}  // namespace

std::unique_ptr<archive::ByteStream> blob_stream(Session& session, std::string digest,
                                                 std::uint64_t size) {
  return std::make_unique<BlobStream>(session, std::move(digest), size);
}

}  // namespace plimsoll::image::registry
