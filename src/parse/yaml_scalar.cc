#include "parse/yaml_scalar.h"

#include <algorithm>

#include "core/ascii.h"
#include "parse/escape.h"

namespace plimsoll::yaml {
namespace {

/// Rewrites one flow scalar. Folding trims the blanks around a line break, but never those that an
/// escape wrote: `keep_` is the size up to which the output is safe from trimming.
class FlowScalar {
 public:
  FlowScalar(Node::Style style, std::string_view raw) : style_(style), raw_(raw) {}

  std::string text() && {
    out_.reserve(raw_.size());
    while (at_ < raw_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = raw_[at_];
    if (c == '\n' || c == '\r') return fold();
    if (c == '\\' && style_ == Node::Style::kDoubleQuoted) return escape();
    if (c == '\'' && style_ == Node::Style::kSingleQuoted) ++at_;  // '' stands for '
    out_ += c;
    ++at_;
    if (!ascii::is_blank(c)) keep_ = out_.size();
  }

  void skip_blanks() {
    while (at_ < raw_.size() && ascii::is_blank(raw_[at_])) ++at_;
  }

  /// Skips line breaks and the blanks between them; gives their number.
  std::size_t skip_breaks() {
    std::size_t breaks = 0;
    while (const std::uint32_t length = break_length(raw_, at_)) {
      at_ += length;
      ++breaks;
      skip_blanks();
    }
    return breaks;
  }

  void fold() {
    out_.resize(keep_);
    const std::size_t breaks = skip_breaks();
    if (breaks == 1) {
      out_ += ' ';
    } else {
      out_.append(breaks - 1, '\n');
    }
    keep_ = out_.size();
  }

  void escape() {
    ++at_;
    if (break_length(raw_, at_) != 0) {  // the line goes on without a space
      keep_ = out_.size();
      out_.append(skip_breaks() - 1, '\n');
    } else {
      at_ += append_escape(raw_.substr(at_), EscapeSet::kYaml, out_);
    }
    keep_ = out_.size();
  }

  Node::Style style_;
  std::string_view raw_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t keep_ = 0;
};

bool needs_no_change(Node::Style style, std::string_view raw) {
  if (raw.find_first_of("\r\n") != std::string_view::npos) return false;
  if (style == Node::Style::kSingleQuoted) return raw.find('\'') == std::string_view::npos;
  if (style == Node::Style::kDoubleQuoted) return raw.find('\\') == std::string_view::npos;
  return true;
}

enum class Chomp : std::uint8_t { kClip, kStrip, kKeep };

struct Header {
  bool folded = false;
  Chomp chomp = Chomp::kClip;
  std::uint32_t indent = 0;  ///< 0: found out from the first line
  std::uint32_t end = 0;     ///< after the indicators
  std::uint32_t body = 0;    ///< start of the next line
  std::optional<Span> comment;
};

Header read_header(std::string_view text, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(text.size());
  Header header{.folded = at < size && text[at] == '>'};
  for (++at; at < size; ++at) {
    const char c = text[at];
    if (c == '-') {
      header.chomp = Chomp::kStrip;
    } else if (c == '+') {
      header.chomp = Chomp::kKeep;
    } else if (ascii::is_digit(c)) {
      header.indent = static_cast<std::uint32_t>(c - '0');
    } else {
      break;
    }
  }
  header.end = at;
  while (at < size && ascii::is_blank(text[at])) ++at;
  const std::uint32_t rest = at;
  while (at < size && break_length(text, at) == 0) ++at;
  if (rest < at && text[rest] == '#') header.comment = Span{rest, at};
  header.body = at + break_length(text, at);
  return header;
}

struct Line {
  std::uint32_t begin = 0;
  std::uint32_t spaces = 0;  ///< that it starts with
  std::uint32_t end = 0;     ///< without the line break
  std::uint32_t next = 0;
  [[nodiscard]] bool blank() const { return begin + spaces == end; }
  [[nodiscard]] bool terminated() const { return next != end; }
};

Line read_line(std::string_view text, std::uint32_t at) {
  Line line{.begin = at};
  const auto size = static_cast<std::uint32_t>(text.size());
  while (at < size && text[at] == ' ') ++at;
  line.spaces = at - line.begin;
  at = static_cast<std::uint32_t>(std::min<std::size_t>(text.find_first_of("\r\n", at), size));
  line.end = at;
  line.next = at + break_length(text, at);
  return line;
}

/// Indentation of the first line that is not blank; without one, more than any line has.
std::uint32_t detect_indent(std::string_view text, std::uint32_t at) {
  while (at < text.size()) {
    const Line line = read_line(text, at);
    if (!line.blank()) return line.spaces;
    at = line.next;
  }
  return UINT32_MAX;
}

/// Joins the lines of a body. Only whole lines are known to it.
class BlockText {
 public:
  explicit BlockText(bool folded) : folded_(folded) {}

  void add_blank() { ++breaks_; }

  void add(std::string_view content, bool terminated) {
    const bool flush = !ascii::is_blank(content.front());
    if (!started_) {
      out_.append(breaks_, '\n');
    } else if (folded_ && flush && flush_before_) {
      // Between two ordinary lines one break is a space, and n + 1 breaks are n.
      breaks_ == 0 ? out_.append(1, ' ') : out_.append(breaks_, '\n');
    } else {
      out_.append(breaks_ + 1, '\n');
    }
    out_ += content;
    breaks_ = 0;
    started_ = true;
    flush_before_ = flush;
    terminated_ = terminated;
  }

  std::string finish(Chomp chomp) && {
    if (chomp != Chomp::kStrip && started_ && terminated_) out_ += '\n';
    if (chomp == Chomp::kKeep) out_.append(breaks_, '\n');
    return std::move(out_);
  }

 private:
  std::string out_;
  std::size_t breaks_ = 0;
  bool folded_;
  bool started_ = false;
  bool flush_before_ = false;
  bool terminated_ = false;
};

}  // namespace

std::string_view flow_text(Node::Style style, std::string_view raw,
                           std::deque<std::string>& arena) {
  if (needs_no_change(style, raw)) return raw;
  return arena.emplace_back(FlowScalar(style, raw).text());
}

BlockScalar read_block_scalar(std::string_view text, BlockPlace place,
                              std::deque<std::string>& arena) {
  const Header header = read_header(text, place.header);
  BlockScalar scalar{.span = {place.header, header.end}, .comment = header.comment};
  text = text.substr(0, std::max(place.limit, header.end));
  std::uint32_t indent = place.parent_indent + header.indent;
  if (header.indent == 0) indent = detect_indent(text, header.body);

  BlockText body(header.folded);
  for (std::uint32_t at = header.body; at < text.size();) {
    const Line line = read_line(text, at);
    if (line.blank() && line.spaces <= indent) {
      if (line.terminated()) body.add_blank();
    } else {
      const std::uint32_t content = line.begin + std::min(indent, line.spaces);
      body.add(text.substr(content, line.end - content), line.terminated());
      if (!line.blank()) scalar.span.end = line.end;
    }
    at = line.next;
  }
  if (std::string value = std::move(body).finish(header.chomp); !value.empty()) {
    scalar.text = arena.emplace_back(std::move(value));
  }
  return scalar;
}

}  // namespace plimsoll::yaml
