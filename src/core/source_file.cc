#include "core/source_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace plimsoll {
namespace {

constexpr std::uint32_t kBlock = 4096;

/// Continuation bytes do not start a code point.
std::uint32_t count_code_points(std::string_view bytes) {
  return static_cast<std::uint32_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
  line_starts_.push_back(0);
  const char* const base = text_.data();
  const char* const end = base + text_.size();
  for (const char* at = base; at != end;) {
    const auto* newline =
        static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (newline == nullptr) break;
    at = newline + 1;
    line_starts_.push_back(static_cast<std::uint32_t>(at - base));
  }
  const std::string_view all = text_;
  std::uint32_t points = 0;
  for (std::size_t at = 0; at + kBlock <= all.size(); at += kBlock) {
    points_before_.push_back(points);
    points += count_code_points(all.substr(at, kBlock));
  }
  if (!points_before_.empty()) points_before_.push_back(points);
}

std::uint32_t SourceFile::code_points_before(std::uint32_t offset) const {
  const std::uint32_t block = points_before_.empty() ? 0 : offset / kBlock;
  const std::uint32_t before = points_before_.empty() ? 0 : points_before_[block];
  const std::uint32_t start = block * kBlock;
  return before + count_code_points(std::string_view(text_).substr(start, offset - start));
}

std::string_view SourceFile::slice(Span span) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const std::uint32_t begin = std::min(span.begin, size);
  const std::uint32_t end = std::clamp(span.end, begin, size);
  return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t SourceFile::line_index(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin()) - 1;
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const std::uint32_t line = line_index(offset);
  const std::uint32_t start = line_starts_[line];
  const std::uint32_t points = offset - start <= kBlock
                                   ? count_code_points(slice({start, offset}))
                                   : code_points_before(offset) - code_points_before(start);
  return {line + 1, points + 1};
}

Span SourceFile::line_span(std::uint32_t index) const {
  if (index >= line_starts_.size()) {
    const auto size = static_cast<std::uint32_t>(text_.size());
    return {size, size};
  }
  const std::uint32_t begin = line_starts_[index];
  std::uint32_t end = index + 1 < line_starts_.size() ? line_starts_[index + 1] - 1
                                                      : static_cast<std::uint32_t>(text_.size());
  if (end > begin && text_[end - 1] == '\r') --end;
  return {begin, end};
}

}  // namespace plimsoll
