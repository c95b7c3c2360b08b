#include "archive/gzip_decoder.h"

#include "archive/checksum.h"

namespace plimsoll::archive {
namespace {

constexpr unsigned kFixedSize = 10;
constexpr unsigned kTrailerSize = 8;

// Flags of RFC 1952 §2.3.1.
constexpr std::uint8_t kHasHeaderSum = 1U << 1U;
constexpr std::uint8_t kHasExtra = 1U << 2U;
constexpr std::uint8_t kHasName = 1U << 3U;
constexpr std::uint8_t kHasComment = 1U << 4U;
constexpr std::uint8_t kReserved = 0xe0;

constexpr std::uint8_t kDeflate = 8;

tl::unexpected<Error> broken() {
  return fail(ErrorCode::kInvalid, "broken gzip data");
}

}  // namespace

bool GzipDecoder::begins(std::string_view in) const {
  return in.starts_with("\x1F\x8B");
}

void GzipDecoder::restart() {
  inflater_.restart();
  at_ = At::kFixed;
  flags_ = 0;
  count_ = 0;
  number_ = 0;
  header_ = content_ = size_ = 0;
}

Result<Decoder::Step> GzipDecoder::step(std::string_view in) {
  std::size_t taken = 0;
  while (taken < in.size() && at_ != At::kEnd && !is_full()) {
    if (at_ == At::kData) {
      const auto inflated = inflate(in.substr(taken));
      if (!inflated) return tl::unexpected(inflated.error());
      taken += *inflated;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(in[taken++]);
    auto good = at_ == At::kTrailer ? take_trailer_byte(byte) : take_header_byte(byte);
    if (!good) return tl::unexpected(std::move(good.error()));
  }
  return Step{taken, at_ == At::kEnd};
}

bool GzipDecoder::gather(std::uint8_t byte, unsigned size) {
  number_ |= std::uint64_t{byte} << (8 * count_);
  if (++count_ < size) return false;
  count_ = 0;
  return true;
}

void GzipDecoder::go_on_from(At done) {
  number_ = 0;
  if (done < At::kExtraSize && (flags_ & kHasExtra) != 0) {
    at_ = At::kExtraSize;
  } else if (done < At::kName && (flags_ & kHasName) != 0) {
    at_ = At::kName;
  } else if (done < At::kComment && (flags_ & kHasComment) != 0) {
    at_ = At::kComment;
  } else if (done < At::kHeaderSum && (flags_ & kHasHeaderSum) != 0) {
    at_ = At::kHeaderSum;
  } else {
    at_ = At::kData;
  }
}

Result<void> GzipDecoder::take_header_byte(std::uint8_t byte) {
  const auto letter = static_cast<char>(byte);
  if (at_ != At::kHeaderSum) header_ = crc32_of({&letter, 1}, header_);
  switch (at_) {
    case At::kFixed: return take_fixed_byte(byte);
    case At::kExtraSize:
      if (!gather(byte, 2)) return {};
      extra_ = static_cast<unsigned>(number_);
      at_ = At::kExtra;
      if (extra_ == 0) go_on_from(At::kExtra);
      return {};
    case At::kExtra:
      if (--extra_ == 0) go_on_from(At::kExtra);
      return {};
    case At::kHeaderSum:
      if (!gather(byte, 2)) return {};
      if (number_ != (header_ & 0xffffU)) return broken();
      go_on_from(At::kHeaderSum);
      return {};
    default:  // a name or a comment
      if (byte == 0) go_on_from(at_);
      return {};
  }
}

Result<void> GzipDecoder::take_fixed_byte(std::uint8_t byte) {
  constexpr std::uint8_t kBegin[] = {0x1f, 0x8b, kDeflate};
  if (count_ < sizeof kBegin && byte != kBegin[count_]) return broken();
  if (count_ == sizeof kBegin) flags_ = byte;
  if ((flags_ & kReserved) != 0) return broken();
  if (++count_ < kFixedSize) return {};
  count_ = 0;
  go_on_from(At::kFixed);
  return {};
}

Result<std::size_t> GzipDecoder::inflate(std::string_view in) {
  const std::size_t before = inflater_.piece().size();
  const auto step = inflater_.step(in);
  const std::string_view made = inflater_.piece().substr(before);
  content_ = crc32_of(made, content_);
  size_ += static_cast<std::uint32_t>(made.size());
  if (!step) return broken();
  if (step->ended) {
    number_ = 0;
    at_ = At::kTrailer;
  }
  return step->taken;
}

Result<void> GzipDecoder::take_trailer_byte(std::uint8_t byte) {
  if (!gather(byte, kTrailerSize)) return {};
  if (number_ != (std::uint64_t{size_} << 32U | content_)) return broken();
  at_ = At::kEnd;
  return {};
}

}  // namespace plimsoll::archive
