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

}  // namespace plimsoll
