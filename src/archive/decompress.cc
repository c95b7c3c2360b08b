#include "archive/decompress.h"

#include <bzlib.h>
#include <lzma.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "archive/decoder.h"
#include "archive/gzip_decoder.h"

namespace plimsoll::archive {
namespace {

constexpr std::size_t kInputBytes = 64U << 10U;
/// RFC 8878 asks readers for 8 MiB; `zstd --long=27` is what images are made with at most.
constexpr int kZstdWindowLog = 27;
constexpr std::uint64_t kXzMemory = 256ULL << 20U;

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B");
}

bool is_zstd(std::string_view bytes) {
  if (bytes.size() < 4) return false;
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return true;
  // Skippable frames: 0x184D2A50 to 0x184D2A5F.
  return (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50 &&
         bytes.substr(1, 3) == "\x2A\x4D\x18";
}

bool is_xz(std::string_view bytes) {
  constexpr char kMagic[] = {'\xFD', '7', 'z', 'X', 'Z', '\0'};
  return bytes.starts_with(std::string_view(kMagic, sizeof kMagic));
}

bool is_bzip2(std::string_view bytes) {
  return bytes.size() > 3 && bytes.starts_with("BZh") && bytes[3] >= '1' && bytes[3] <= '9';
}

tl::unexpected<Error> broken(const char* format) {
  return fail(ErrorCode::kInvalid, std::string("broken ") + format + " data");
}

class Zstd final : public BufferedDecoder {
 public:
  Zstd() : context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  }
  Result<Step> step(std::string_view in) override {
    const std::span<char> out = room();
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(left) != 0) {
      const bool window = ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge;
      if (window) return fail(ErrorCode::kTooLarge, "its zstd window is larger than 128 MiB");
      return broken("zstd");
    }
    made(output.pos);
    return Step{input.pos, left == 0};
  }
  [[nodiscard]] bool begins(std::string_view in) const override { return is_zstd(in); }
  void restart() override { ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only); }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
};

class Xz final : public BufferedDecoder {
 public:
  Xz() { restart(); }
  ~Xz() override { lzma_end(&stream_); }
  Result<Step> step(std::string_view in) override {
    const std::span<char> out = room();
    if (!ready_) return fail(ErrorCode::kEnvironment, "no memory for xz");
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    if (result == LZMA_MEMLIMIT_ERROR)
      return fail(ErrorCode::kTooLarge, "its xz wants too much memory");
    if (result != LZMA_OK && result != LZMA_STREAM_END && result != LZMA_BUF_ERROR) {
      return broken("xz");
    }
    made(out.size() - stream_.avail_out);
    return Step{in.size() - stream_.avail_in, result == LZMA_STREAM_END};
  }
  [[nodiscard]] bool begins(std::string_view in) const override { return is_xz(in); }
  void restart() override {
    lzma_end(&stream_);
    stream_ = LZMA_STREAM_INIT;
    ready_ = lzma_stream_decoder(&stream_, kXzMemory, 0) == LZMA_OK;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_ = false;
};

class Bzip2 final : public BufferedDecoder {
 public:
  Bzip2() { BZ2_bzDecompressInit(&stream_, 0, 0); }
  ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }
  Result<Step> step(std::string_view in) override {
    const std::span<char> out = room();
    stream_.next_in = const_cast<char*>(in.data());
    stream_.avail_in = static_cast<unsigned>(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<unsigned>(out.size());
    const int result = BZ2_bzDecompress(&stream_);
    if (result != BZ_OK && result != BZ_STREAM_END) return broken("bzip2");
    made(out.size() - stream_.avail_out);
    return Step{in.size() - stream_.avail_in, result == BZ_STREAM_END};
  }
  [[nodiscard]] bool begins(std::string_view in) const override { return is_bzip2(in); }
  void restart() override {
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    BZ2_bzDecompressInit(&stream_, 0, 0);
  }

 private:
  bz_stream stream_{};
};

std::unique_ptr<Decoder> decoder_of(Compression compression) {
  switch (compression) {
    case Compression::kGzip: return std::make_unique<GzipDecoder>();
    case Compression::kZstd: return std::make_unique<Zstd>();
    case Compression::kXz: return std::make_unique<Xz>();
    case Compression::kBzip2: return std::make_unique<Bzip2>();
    case Compression::kNone: break;
  }
  return nullptr;
}

class Stream final : public Decompressed {
 public:
  Stream(std::unique_ptr<ByteStream> source, const ExpansionLimits& limits)
      : source_(std::move(source)), limits_(limits), buffer_(kInputBytes) {}

  Result<void> begin() {
    if (auto more = refill(); !more) return more;
    compression_ = compression_of(rest());
    decoder_ = decoder_of(compression_);
    return {};
  }

  Result<std::size_t> read(std::span<char> out) override {
    if (left_.empty()) {
      const auto more = next();
      if (!more) return tl::unexpected(more.error());
      left_ = *more;
    }
    const std::size_t size = std::min(out.size(), left_.size());
    std::copy_n(left_.data(), size, out.data());
    left_.remove_prefix(size);
    return size;
  }

  Result<std::string_view> next() override {
    if (!left_.empty()) return std::exchange(left_, {});
    const auto piece = decoder_ == nullptr ? pass_on() : decode();
    if (!piece) return piece;
    made_ += piece->size();
    if (made_ > limits_.most_bytes) return fail(ErrorCode::kTooLarge, "it unpacks to too much");
    if (made_ > limits_.free_bytes && made_ / limits_.ratio > std::max<std::uint64_t>(taken_, 1)) {
      return fail(ErrorCode::kTooLarge,
                  "it unpacks to more than " + std::to_string(limits_.ratio) + " times its size");
    }
    return piece;
  }

  [[nodiscard]] Compression compression() const override { return compression_; }
  [[nodiscard]] std::uint64_t trailing_bytes() const override { return trailing_; }

 private:
  [[nodiscard]] std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }

  /// Some bytes more, behind those that are left.
  Result<void> refill() {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    while (end_ < buffer_.size() && !drained_) {
      const auto got = source_->read(std::span(buffer_).subspan(end_));
      if (!got) return tl::unexpected(got.error());
      drained_ = *got == 0;
      end_ += *got;
      taken_ += *got;
      if (end_ >= kLongestMagic) break;
    }
    return {};
  }

  Result<std::string_view> pass_on() {
    if (begin_ == end_) {
      if (auto more = refill(); !more) return tl::unexpected(std::move(more.error()));
    }
    const std::string_view piece = rest();
    begin_ = end_;
    return piece;
  }

  /// A piece as long as the decoder likes them. What breaks it off is told after it.
  Result<std::string_view> decode() {
    decoder_->drop();
    while (unbroken_ && !finished_ && !decoder_->is_full()) {
      unbroken_ = decode_some();
    }
    const std::string_view piece = decoder_->piece();
    if (piece.empty() && !unbroken_) return tl::unexpected(unbroken_.error());
    return piece;
  }

  Result<void> decode_some() {
    if (between_) {
      if (rest().size() < kLongestMagic) {
        if (auto more = refill(); !more) return more;
      }
      if (!decoder_->begins(rest())) return finish();
      decoder_->restart();
      between_ = false;
    }
    if (begin_ == end_) {
      if (auto more = refill(); !more) return more;
    }
    const std::size_t before = decoder_->piece().size();
    const auto step = decoder_->step(rest());
    if (!step) return tl::unexpected(step.error());
    begin_ += step->taken;
    between_ = step->ended;
    if (step->ended || step->taken > 0 || decoder_->piece().size() > before) return {};
    if (begin_ != end_) return broken("compressed");
    if (!drained_) return {};
    return fail(ErrorCode::kInvalid,
                "its " + std::string(to_string(compression_)) + " data is cut short");
  }

  /// Counts what follows, so that all bytes are read: a digest is of all of them.
  Result<void> finish() {
    finished_ = true;
    trailing_ = end_ - begin_;
    while (!drained_) {
      begin_ = end_ = 0;
      const auto got = source_->read(buffer_);
      if (!got) return tl::unexpected(got.error());
      drained_ = *got == 0;
      trailing_ += *got;
    }
    return {};
  }

  static constexpr std::size_t kLongestMagic = 6;

  std::unique_ptr<ByteStream> source_;
  ExpansionLimits limits_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Compression compression_ = Compression::kNone;
  std::unique_ptr<Decoder> decoder_;
  std::string_view left_;  ///< of a piece that was read in part
  Result<void> unbroken_;  ///< or why no more can be unpacked
  bool drained_ = false;   ///< the source has ended
  bool between_ = false;   ///< a member has ended
  bool finished_ = false;  ///< the last one has
  std::uint64_t taken_ = 0;
  std::uint64_t made_ = 0;
  std::uint64_t trailing_ = 0;
};

}  // namespace

std::string_view to_string(Compression compression) {
  switch (compression) {
    case Compression::kNone: return "none";
    case Compression::kGzip: return "gzip";
    case Compression::kZstd: return "zstd";
    case Compression::kXz: return "xz";
    case Compression::kBzip2: return "bzip2";
  }
  return "";
}

Compression compression_of(std::string_view first_bytes) {
  if (is_gzip(first_bytes)) return Compression::kGzip;
  if (is_zstd(first_bytes)) return Compression::kZstd;
  if (is_xz(first_bytes)) return Compression::kXz;
  if (is_bzip2(first_bytes)) return Compression::kBzip2;
  return Compression::kNone;
}

Result<std::unique_ptr<Decompressed>> decompress(std::unique_ptr<ByteStream> stream,
                                                 const ExpansionLimits& limits) {
  auto made = std::make_unique<Stream>(std::move(stream), limits);
  if (auto begun = made->begin(); !begun) return tl::unexpected(begun.error());
  return std::unique_ptr<Decompressed>(std::move(made));
}

}  // namespace plimsoll::archive
