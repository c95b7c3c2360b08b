#include "lsp/framing.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

/// Bytes up to and with the empty line; nullopt when it has not come yet. Lines may also end in a
/// bare newline, as a person types them.
std::optional<std::size_t> header_length(std::string_view text) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const std::string_view after = text.substr(at + 1);
    if (after.starts_with('\n')) return at + 2;
    if (after.starts_with("\r\n")) return at + 3;
  }
  return std::nullopt;
}

/// Nine digits hold every size below kMessageBytes and most above; longer is nobody's message.
std::optional<std::size_t> parse_length(std::string_view digits) {
  if (digits.empty() || digits.size() > 15 || !ascii::is_number(digits)) return std::nullopt;
  std::size_t length = 0;
  for (const char digit : digits) length = length * 10 + static_cast<std::size_t>(digit - '0');
  return length;
}

std::optional<std::size_t> content_length(std::string_view headers) {
  for (const std::string_view line : ascii::split(headers, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (!ascii::iequals(ascii::trim(line.substr(0, colon)), "content-length")) continue;
    return parse_length(ascii::trim(line.substr(colon + 1)));
  }
  return std::nullopt;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  if (lost_) return;
  const std::size_t skipped = std::min(skip_, bytes.size());  // skip_ > 0: the buffer is empty
  skip_ -= skipped;
  buffer_.append(bytes.substr(skipped));
}

void FrameReader::use(std::size_t bytes) {
  used_ += bytes;
  constexpr std::size_t kWorthMoving = 1U << 16U;
  if (used_ == buffer_.size() || used_ > kWorthMoving) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
}

std::optional<Result<std::string>> FrameReader::read_headers() {
  const std::string_view start = rest().substr(0, limits::kMessageHeaderBytes);
  const auto length = header_length(start);
  if (!length) {
    if (start.size() < limits::kMessageHeaderBytes) return std::nullopt;
    lost_ = true;
    return fail(ErrorCode::kLimit,
                "headers of more than " + std::to_string(limits::kMessageHeaderBytes) + " bytes");
  }
  const auto content = content_length(start.substr(0, *length));
  use(*length);
  if (!content) return fail(ErrorCode::kInvalid, "a header without a usable Content-Length");
  if (*content > limits::kMessageBytes) {
    const std::size_t here = std::min(*content, rest().size());
    skip_ = *content - here;
    use(here);
    return fail(ErrorCode::kTooLarge,
                "a message of more than " + std::to_string(limits::kMessageBytes) + " bytes");
  }
  content_ = content;
  return std::nullopt;
}

std::optional<Result<std::string>> FrameReader::next() {
  if (lost_) return std::nullopt;
  if (!content_) {
    if (auto fault = read_headers()) return fault;
  }
  if (!content_ || rest().size() < *content_) return std::nullopt;
  std::string message(rest().substr(0, *content_));
  use(*content_);
  content_.reset();
  return message;
}

std::string frame(std::string_view content) {
  return "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + std::string(content);
}

}  // namespace plimsoll::lsp
