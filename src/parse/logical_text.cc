#include "parse/logical_text.h"

#include <algorithm>

namespace plimsoll {

std::uint32_t LogicalText::source(std::uint32_t logical) const {
  if (segments.empty()) return source_begin + logical;
  auto after = std::upper_bound(segments.begin(), segments.end(), logical,
                                [](std::uint32_t at, const Segment& s) { return at < s.logical; });
  if (after == segments.begin()) return source_begin + logical;
  --after;
  return after->source + (logical - after->logical);
}

Span LogicalText::source(Span logical) const {
  const std::uint32_t begin = source(logical.begin);
  if (logical.empty()) return {begin, begin};
  // The end is one past the last byte, not the start of the next segment.
  return {begin, source(logical.end - 1) + 1};
}

LogicalText LogicalText::part(std::uint32_t begin, std::uint32_t end) const {
  LogicalText piece{.text = text.substr(begin, end - begin), .source_begin = source(begin)};
  if (segments.empty()) return piece;
  const auto later = [](std::uint32_t at, const Segment& s) { return at < s.logical; };
  const auto first = std::upper_bound(segments.begin(), segments.end(), begin, later);
  auto last = first;
  while (last != segments.end() && last->logical < end) ++last;
  if (first == last) return piece;  // all of it stands in one line
  piece.segments.reserve(static_cast<std::size_t>(last - first) + 1);
  piece.segments.push_back({0, piece.source_begin});
  for (auto at = first; at != last; ++at) {
    piece.segments.push_back({at->logical - begin, at->source});
  }
  return piece;
}

}  // namespace plimsoll
