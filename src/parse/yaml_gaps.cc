#include "parse/yaml_gaps.h"

#include <algorithm>

#include "core/ascii.h"
#include "parse/yaml_guard.h"

namespace plimsoll::yaml {
namespace {

bool is_break(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

std::uint32_t GapScanner::line_end(std::uint32_t offset) const {
  const std::size_t end = std::min(text_.find_first_of("\r\n", offset), text_.size());
  return static_cast<std::uint32_t>(end);
}

void GapScanner::add_comment(std::uint32_t begin, std::uint32_t end) {
  comments_.push_back({{begin, end}});
}

std::uint32_t GapScanner::peek() {
  if (peeked_from_ == cursor_) return peeked_to_;
  std::uint32_t at = cursor_;
  while (at < text_.size()) {
    if (ascii::is_blank(text_[at]) || is_break(text_[at])) {
      ++at;
    } else if (text_[at] == '#' || is_directive(at)) {
      at = line_end(at);
    } else {
      break;
    }
  }
  peeked_from_ = cursor_;
  peeked_to_ = at;
  return at;
}

std::uint32_t GapScanner::skip() {
  const std::uint32_t end = peek();
  advance_to(end);
  return end;
}

bool GapScanner::accept(char structure) {
  if (at(skip()) != structure) return false;
  ++cursor_;
  return true;
}

bool GapScanner::accept_colon(bool block, std::uint32_t mapping_begin) {
  const std::uint32_t found = peek();
  if (at(found) != ':') return false;
  if (block && found != cursor_) {
    const bool same_line = source_.line_index(found) == source_.line_index(cursor_);
    if (!same_line && column(found) != column(mapping_begin)) return false;
  }
  advance_to(found + 1);
  return true;
}

void GapScanner::advance_to(std::uint32_t offset) {
  bool directive = false;
  while (cursor_ < offset) {
    const char c = text_[cursor_];
    const char before = cursor_ == 0 ? '\n' : text_[cursor_ - 1];
    if (is_line_start(text_, cursor_)) directive = is_directive(cursor_);
    // %TAG's prefix may hold a '#'.
    if (c == '#' && (!directive || ascii::is_blank(before))) {
      const std::uint32_t end = std::min(line_end(cursor_), offset);
      add_comment(cursor_, end);
      cursor_ = end;
    } else {
      ++cursor_;
    }
  }
}

bool GapScanner::is_directive(std::uint32_t offset) const {
  return text_[offset] == '%' && is_line_start(text_, offset);
}

std::uint32_t GapScanner::column(std::uint32_t offset) const {
  // A byte order mark is no column.
  return offset - std::max(source_.line_span(source_.line_index(offset)).begin, begin_);
}

}  // namespace plimsoll::yaml
