#include "update/download.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "update/claimed_digest.h"
#include "update/kept_copy.h"
#include "update/part_file.h"

namespace plimsoll::update {
namespace {

constexpr std::uint64_t kMostBytes = 4ULL << 30U;  // larger ZIP archives are not read
constexpr int kMostBreaks = 5;                     // without progress in between
constexpr int kMostBreaksInAll = 100;
constexpr std::uint64_t kProgress = 64U << 10U;  // bytes that make up for a break
constexpr std::size_t kPiece = 64U << 10U;

/// What If-Range takes (RFC 9110 §13.1.5): a weak tag is none.
std::string version_of(const http::Response& answer) {
  const std::string tag = answer.header("ETag");
  if (!tag.empty() && !tag.starts_with("W/")) return tag;
  return answer.header("Last-Modified");
}

class Downloading {
 public:
  Downloading(Web& web, const DownloadRequest& request, std::atomic<std::uint64_t>& received)
      : web_(web), request_(request), received_(received), part_(request.part, request.address) {}

  Result<Download> run() {
    while (true) {
      auto answer = web_.get(request_.address, headers());
      if (!answer) return tl::unexpected(answer.error());
      answer_ = *std::move(answer);
      if (answer_->status() == 304) {
        if (request_.etag.empty() && request_.last_modified.empty()) {
          return fail(ErrorCode::kEnvironment, "it says that nothing changed to who has nothing");
        }
        return Download{.is_unchanged = true};
      }
      if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
      if (is_begun_) {
        const auto got = read_all();
        if (!got) return tl::unexpected(got.error());
        if (*got) return finish();
      }
      answer_.reset();
      if (!may_try_again()) return tl::unexpected(broken());
      web_.sleep(std::chrono::seconds(1L << std::min(breaks_ - 1, 4)));
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> headers() const {
    std::vector<std::string> all{request_.may_be_packed ? "Accept-Encoding: gzip"
                                                        : "Accept-Encoding: identity"};
    if (part_.bytes() > 0) {
      all.push_back("Range: bytes=" + std::to_string(part_.bytes()) + '-');
      all.push_back("If-Range: " + part_.version());
    } else if (!is_begun_) {
      if (!request_.etag.empty()) all.push_back("If-None-Match: " + request_.etag);
      if (!request_.last_modified.empty()) {
        all.push_back("If-Modified-Since: " + request_.last_modified);
      }
    }
    return all;
  }

  /// Puts the file where the bytes of this answer go on.
  Result<void> begin() {
    is_begun_ = false;
    if (answer_->status() == 416) {  // what we have is no beginning of what it has now
      part_.discard();
      why_ = "it has another file now";
      return {};
    }
    const std::string coding = answer_->header("Content-Encoding");
    const bool is_packed = coding == "gzip" || coding == "x-gzip";
    if (!coding.empty() && coding != "identity" && !(is_packed && request_.may_be_packed)) {
      return fail(ErrorCode::kInvalid, "it is packed in a way that nobody asked for");
    }
    if (answer_->status() == 206) {
      const std::string want = "bytes " + std::to_string(part_.bytes()) + '-';
      if (part_.bytes() == 0 || !answer_->header("Content-Range").starts_with(want)) {
        part_.discard();
        why_ = "it gives another part than was asked for";
        return {};
      }
    } else if (auto restarted = part_.restart(version_of(*answer_)); !restarted) {
      return restarted;
    }
    is_begun_ = true;
    return {};
  }

  /// @return whether the answer came to its end
  Result<bool> read_all() {
    std::array<char, kPiece> piece{};
    while (true) {
      const auto got = answer_->read(piece);
      if (!got) {
        why_ = got.error().message;
        return false;
      }
      if (*got == 0) return true;
      if (part_.bytes() + *got > kMostBytes) {
        part_.discard();
        return fail(ErrorCode::kTooLarge, "it is larger than a feed is");
      }
      if (auto put = part_.append({piece.data(), *got}); !put) {
        return tl::unexpected(put.error());
      }
      received_ += *got;
    }
  }

  bool may_try_again() {
    // Without a name for the version nobody knows whether the rest fits: all is asked for anew.
    if (part_.version().empty()) part_.discard();
    const std::uint64_t now = part_.bytes();
    if (now > broken_at_ && now - broken_at_ >= kProgress) breaks_ = 0;
    broken_at_ = now;
    return ++breaks_ < kMostBreaks && ++breaks_in_all_ < kMostBreaksInAll;
  }

  [[nodiscard]] Error broken() const {
    return fail(ErrorCode::kEnvironment, why_.empty() ? "the connection breaks" : why_).value();
  }

  Result<Download> finish() {
    if (auto finished = part_.finish(); !finished) return tl::unexpected(finished.error());
    return Download{.etag = answer_->header("ETag"),
                    .last_modified = answer_->header("Last-Modified"),
                    .bytes = part_.bytes()};
  }

 public:
  [[nodiscard]] ClaimedDigest claimed() const { return claimed_digest(*answer_); }
  void discard() { part_.discard(); }

 private:
  Web& web_;
  const DownloadRequest& request_;
  std::atomic<std::uint64_t>& received_;
  PartFile part_;
  std::unique_ptr<http::Response> answer_;
  bool is_begun_ = false;
  std::string why_;  ///< the last answer did not come to its end
  int breaks_ = 0;
  int breaks_in_all_ = 0;
  std::uint64_t broken_at_ = 0;
};

}  // namespace

Result<Download> download(Web& web, const DownloadRequest& request,
                          std::atomic<std::uint64_t>& received) {
  Downloading downloading(web, request, received);
  auto done = downloading.run();
  if (!done || done->is_unchanged) return done;
  const auto sums = sums_of_file(request.part);
  if (!sums) return tl::unexpected(sums.error());
  if (!holds(downloading.claimed(), *sums)) {
    downloading.discard();
    return fail(ErrorCode::kInvalid, "it is not what its server says that its digest is");
  }
  done->digest = sums->sha256;
  return done;
}

}  // namespace plimsoll::update
