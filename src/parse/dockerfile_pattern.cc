#include "parse/dockerfile_pattern.h"

#include <algorithm>
#include <utility>

namespace plimsoll::dockerfile {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// One past the code point at `at`; a stray byte counts as one.
std::size_t after_code_point(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && continues(text[at])) ++at;
  return at;
}

/// Code points in reverse order, the bytes of each kept in order.
std::string reverse_code_points(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t end = text.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && continues(text[begin])) --begin;
    out.append(text.substr(begin, end - begin));
    end = begin;
  }
  return out;
}

}  // namespace

std::optional<Pattern> Pattern::compile(std::string_view text) {
  Pattern pattern;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '*') {
      pattern.segments_.emplace_back();
      continue;
    }
    if (c == '?') {
      pattern.segments_.back().push_back({.any = true});
      continue;
    }
    if (c == '\\') {
      if (++at == text.size()) return std::nullopt;
      c = text[at];
      if (c != '*' && c != '?' && c != '\\' && c != '}' && c != '/') return std::nullopt;
    }
    pattern.segments_.back().push_back({.byte = c});
  }
  return pattern;
}

Pattern::Match Pattern::match_segment(const Segment& segment, std::string_view text, std::size_t at,
                                      std::size_t& steps) {
  if (steps == 0) return {.spent = true};
  --steps;
  for (const Token& token : segment) {
    if (steps == 0) return {.spent = true};
    --steps;
    if (at >= text.size() || (!token.any && text[at] != token.byte)) return {};
    at = token.any ? after_code_point(text, at) : at + 1;
  }
  return {.end = at};
}

// Each segment at its first place leaves the most room for those after it, so only the last one
// decides how long the match is.
Pattern::Match Pattern::match(std::string_view text, std::size_t at, bool longest,
                              std::size_t& steps) const {
  Match found = match_segment(segments_.front(), text, at, steps);
  for (std::size_t i = 1; i < segments_.size() && found.end; ++i) {
    const bool last = i + 1 == segments_.size();
    const std::size_t from = *found.end;
    found = {};
    if (last && longest) {
      for (std::size_t start = text.size() + 1; start-- > from && !found.end && !found.spent;) {
        found = match_segment(segments_[i], text, start, steps);
      }
    } else {
      for (std::size_t start = from; start <= text.size() && !found.end && !found.spent; ++start) {
        found = match_segment(segments_[i], text, start, steps);
      }
    }
  }
  return found;
}

Pattern Pattern::reversed() const {
  Pattern out = *this;
  std::reverse(out.segments_.begin(), out.segments_.end());
  for (Segment& segment : out.segments_) {
    std::reverse(segment.begin(), segment.end());
    // Bytes of one code point stay in order, as in the reversed text.
    for (std::size_t at = 0; at < segment.size();) {
      std::size_t lead = at;
      while (lead < segment.size() && !segment[lead].any && continues(segment[lead].byte)) ++lead;
      const std::size_t end = std::min(lead + 1, segment.size());
      if (end - at > 1) {
        std::reverse(segment.begin() + static_cast<std::ptrdiff_t>(at),
                     segment.begin() + static_cast<std::ptrdiff_t>(end));
      }
      at = end;
    }
  }
  return out;
}

std::optional<std::size_t> Pattern::match_start(std::string_view text, bool longest,
                                                std::size_t& steps) const {
  const Match found = match(text, 0, longest, steps);
  if (found.spent) return std::nullopt;
  return found.end.value_or(0);
}

std::optional<std::string> Pattern::trim(std::string_view text, Trim trim,
                                         std::size_t& steps) const {
  if (!trim.suffix) {
    const auto cut = match_start(text, trim.longest, steps);
    if (!cut) return std::nullopt;
    return std::string(text.substr(*cut));
  }
  const std::string mirrored = reverse_code_points(text);
  const auto cut = reversed().match_start(mirrored, trim.longest, steps);
  if (!cut) return std::nullopt;
  return reverse_code_points(std::string_view(mirrored).substr(*cut));
}

std::optional<std::string> Pattern::replace(std::string_view text, std::string_view replacement,
                                            bool all, std::size_t& steps) const {
  std::string out;
  std::size_t at = 0;
  bool done = false;
  while (at <= text.size() && !done) {
    const Match found = match(text, at, true, steps);
    if (found.spent) return std::nullopt;
    const std::size_t end = found.end.value_or(at);
    if (found.end) {
      if (steps <= replacement.size()) return std::nullopt;
      steps -= replacement.size() + 1;
      out.append(replacement);
      done = !all;
    }
    if (end == at && at < text.size()) out.push_back(text[at]);
    at = std::max(end, at + (end == at ? 1U : 0U));
  }
  if (at < text.size()) out.append(text.substr(at));
  return out;
}

}  // namespace plimsoll::dockerfile
