#include "lsp/text_index.h"

#include <algorithm>

namespace plimsoll::lsp {
namespace {

constexpr std::uint32_t kBlock = 4096;

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Units that the byte adds: all of a character's count at its first byte.
std::uint32_t units_of(char c, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return 1;
  if (continues(c)) return 0;
  return encoding == Encoding::kUtf16 && static_cast<unsigned char>(c) >= 0xF0U ? 2 : 1;
}

std::uint32_t count_units(std::string_view bytes, Encoding encoding) {
  std::uint32_t units = 0;
  for (const char c : bytes) units += units_of(c, encoding);
  return units;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8: return "utf-8";
    case Encoding::kUtf16: return "utf-16";
    case Encoding::kUtf32: return "utf-32";
  }
  return "utf-16";
}

std::optional<Encoding> parse_encoding(std::string_view text) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16, Encoding::kUtf32}) {
    if (text == to_string(encoding)) return encoding;
  }
  return std::nullopt;
}

TextIndex::TextIndex(std::string_view text, Encoding encoding) : text_(text), encoding_(encoding) {
  line_starts_.push_back(0);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r') continue;
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  std::uint32_t units = 0;
  for (std::size_t at = 0; at <= text.size(); at += kBlock) {
    units_before_.push_back(units);
    units += count_units(text.substr(at, kBlock), encoding);
  }
}

std::uint32_t TextIndex::units_before(std::uint32_t offset) const {
  const std::uint32_t block = offset / kBlock;
  const std::uint32_t start = block * kBlock;
  return units_before_[block] + count_units(text_.substr(start, offset - start), encoding_);
}

Position TextIndex::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  while (offset > 0 && offset < text_.size() && continues(text_[offset])) --offset;
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts_.begin()) - 1;
  return {line, units_before(offset) - units_before(line_starts_[line])};
}

std::uint32_t TextIndex::offset(Position position) const {
  if (position.line >= line_starts_.size()) return static_cast<std::uint32_t>(text_.size());
  std::uint32_t at = line_starts_[position.line];
  std::uint32_t units = 0;
  while (at < text_.size() && text_[at] != '\n' && text_[at] != '\r') {
    std::uint32_t next = at + 1;
    while (next < text_.size() && continues(text_[next])) ++next;
    units += count_units(text_.substr(at, next - at), encoding_);
    if (units > position.character) break;
    at = next;
  }
  return at;
}

}  // namespace plimsoll::lsp
