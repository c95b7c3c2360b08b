#include "parse/dockerfile_lines.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_problem.h"
#include "parse/dockerfile_space.h"

namespace plimsoll::dockerfile {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 3> kDirectives = {"syntax", "escape", "check"};

struct DirectiveText {
  std::string_view name;   // as written
  std::string_view value;  // trimmed, not empty
};

/// "# name = value": what stands after '#', or empty views when it has another shape.
DirectiveText split_directive(std::string_view text) {
  text = ascii::trim(text);
  std::size_t end = 0;
  if (text.empty() || !ascii::is_alpha(text.front())) return {};
  while (end < text.size() && ascii::is_alnum(text[end])) ++end;
  const std::string_view name = text.substr(0, end);
  text = ascii::trim(text.substr(end));
  if (text.empty() || text.front() != '=') return {};
  return {name, ascii::trim(text.substr(1))};
}

}  // namespace

LineReader::LineReader(std::string_view text, Dockerfile& file) : text_(text), file_(file) {
  if (text_.starts_with(kByteOrderMark)) at_ = static_cast<std::uint32_t>(kByteOrderMark.size());
  if (!text_.substr(at_).starts_with("#!")) return;
  Physical line;
  if (!take(line)) return;
  add_comment({line.begin, line.end});
  after_shebang_ = true;
}

bool LineReader::take(Physical& line) {
  if (at_ >= text_.size()) return false;
  const auto* newline =
      static_cast<const char*>(std::memchr(text_.data() + at_, '\n', text_.size() - at_));
  line.begin = at_;
  line.end = static_cast<std::uint32_t>(
      newline == nullptr ? text_.size() : static_cast<std::size_t>(newline - text_.data()));
  at_ = newline == nullptr ? line.end : line.end + 1;
  while (line.end > line.begin && text_[line.end - 1] == '\r') --line.end;
  return true;
}

std::uint32_t LineReader::skip_space(Physical line) const {
  std::uint32_t at = line.begin;
  while (at < line.end) {
    const std::size_t size = space_size(text_.substr(at, line.end - at));
    if (size == 0) break;
    at += static_cast<std::uint32_t>(size);
  }
  return at;
}

bool LineReader::next(LogicalLine& line) {
  Physical physical;
  while (take(physical)) {
    const std::uint32_t first = skip_space(physical);
    if (first < physical.end && text_[first] == '#') {
      if (directives_open_ && take_directive({first, physical.end})) continue;
      directives_open_ = false;
      add_comment({first, physical.end});
      continue;
    }
    directives_open_ = false;
    if (first == physical.end) continue;

    pieces_.clear();
    bool more = add_piece(first, physical.end);
    std::uint32_t extent_end = more ? pieces_.back().end + 1 : 0;
    while (more && take(physical)) {
      const std::uint32_t start = skip_space(physical);
      if (start == physical.end) continue;
      if (text_[start] == '#') {
        add_comment({start, physical.end});
        continue;
      }
      more = add_piece(physical.begin, physical.end);
      if (more) extent_end = pieces_.back().end + 1;
    }
    if (!trim_pieces()) {
      report(file_, {first, extent_end}, "line continuation that continues nothing");
      continue;
    }
    line.extent = {first, more ? extent_end : pieces_.back().end};
    line.text = join();
    return true;
  }
  return false;
}

bool LineReader::add_piece(std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = end;
  while (at > begin && ascii::is_blank(text_[at - 1])) --at;
  const bool more = at > begin && text_[at - 1] == file_.escape &&
                    (at - 1 == begin || text_[at - 2] != file_.escape);
  pieces_.push_back({begin, more ? at - 1 : end});
  return more;
}

bool LineReader::trim_pieces() {
  while (!pieces_.empty()) {
    Piece& last = pieces_.back();
    const std::size_t size = last_space_size(text_.substr(last.begin, last.end - last.begin));
    last.end -= static_cast<std::uint32_t>(size);
    if (last.begin == last.end) {
      pieces_.pop_back();
    } else if (size == 0) {
      break;
    }
  }
  std::size_t blank = 0;
  for (Piece& piece : pieces_) {
    piece.begin = skip_space({piece.begin, piece.end});
    if (piece.begin != piece.end) break;
    ++blank;
  }
  pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(blank));
  return !pieces_.empty();
}

LogicalText LineReader::join() {
  LogicalText logical{.source_begin = pieces_.front().begin};
  if (pieces_.size() == 1) {
    logical.text = text_.substr(pieces_.front().begin, pieces_.front().end - pieces_.front().begin);
    return logical;
  }
  std::size_t size = 0;
  for (const Piece& piece : pieces_) size += piece.end - piece.begin;
  std::string joined;
  joined.reserve(size);
  logical.segments.reserve(pieces_.size());
  for (const Piece& piece : pieces_) {
    if (piece.begin == piece.end) continue;
    logical.segments.push_back({static_cast<std::uint32_t>(joined.size()), piece.begin});
    joined.append(text_.data() + piece.begin, piece.end - piece.begin);
  }
  logical.text = file_.arena.emplace_back(std::move(joined));
  return logical;
}

void LineReader::read_body(Heredoc& heredoc) {
  const std::uint32_t begin = at_;
  Physical line;
  while (take(line)) {
    std::uint32_t start = line.begin;
    if (heredoc.strip_tabs) {
      while (start < line.end && text_[start] == '\t') ++start;
    }
    if (text_.substr(start, line.end - start) != heredoc.name) continue;
    heredoc.text = text_.substr(begin, line.begin - begin);
    heredoc.span = {begin, line.end};
    return;
  }
  heredoc.text = text_.substr(begin);
  heredoc.span = {begin, static_cast<std::uint32_t>(text_.size())};
  heredoc.closed = false;
}

void LineReader::add_comment(Span line) {
  const std::string_view text = text_.substr(line.begin, line.size());
  file_.comments.push_back({line, ascii::trim(text.substr(1))});
}

bool LineReader::take_directive(Span line) {
  while (line.end > line.begin && ascii::is_space(text_[line.end - 1])) --line.end;
  const DirectiveText written = split_directive(text_.substr(line.begin + 1, line.size() - 1));
  if (written.value.empty()) return false;
  const auto* known =
      std::find_if(kDirectives.begin(), kDirectives.end(),
                   [&](std::string_view name) { return ascii::iequals(name, written.name); });
  if (known == kDirectives.end()) return false;
  apply_directive(*known, written.value, line);
  return true;
}

void LineReader::apply_directive(std::string_view name, std::string_view value, Span span) {
  for (const Directive& earlier : file_.directives) {
    if (earlier.name != name) continue;
    report(file_, span, "a second '" + std::string(name) + "' directive");
    return;
  }
  file_.directives.push_back({name, value, span});
  if (name != "escape") return;
  if (value != "\\" && value != "`") {
    report(file_, span, "the escape character must be \\ or `, not " + quoted(value));
  } else if (after_shebang_) {
    // BuildKit looks past "#!" for syntax and check only.
    report(file_, span, "an escape directive after a '#!' line has no effect");
  } else {
    file_.escape = value.front();
  }
}

}  // namespace plimsoll::dockerfile
