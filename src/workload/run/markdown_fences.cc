#include "workload/run/markdown_fences.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::run {
namespace {

constexpr std::size_t kFenceLength = 3;

/// What stands before a block's text on each of its lines.
struct Prefix {
  std::size_t bytes = 0;
  std::size_t quotes = 0;  ///< "> " marks
};

Prefix prefix_of(std::string_view line) {
  Prefix prefix;
  for (; prefix.bytes < line.size(); ++prefix.bytes) {
    const char c = line[prefix.bytes];
    if (c == '>') {
      ++prefix.quotes;
    } else if (!ascii::is_blank(c)) {
      break;
    }
  }
  return prefix;
}

/// "- ```sh" and "1. ```sh": the block is the item's first child.
std::size_t skip_list_marker(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && ascii::is_digit(line[end])) ++end;
  const bool ordered = end > at && end < line.size() && (line[end] == '.' || line[end] == ')');
  const bool bullet =
      end == at && end < line.size() && (line[end] == '-' || line[end] == '*' || line[end] == '+');
  if (!ordered && !bullet) return at;
  ++end;
  if (end == line.size() || !ascii::is_blank(line[end])) return at;
  while (end < line.size() && ascii::is_blank(line[end])) ++end;
  return end;
}

std::size_t fence_length(std::string_view line, std::size_t at) {
  if (at == line.size() || (line[at] != '`' && line[at] != '~')) return 0;
  std::size_t end = at;
  while (end < line.size() && line[end] == line[at]) ++end;
  return end - at >= kFenceLength ? end - at : 0;
}

class FenceFinder {
 public:
  explicit FenceFinder(const SourceFile& file) : file_(file) {}

  std::vector<Fence> run() {
    for (std::uint32_t i = 0; i < file_.line_count(); ++i) {
      const Span span = file_.line_span(i);
      const std::string_view line = file_.slice(span);
      if (in_fence_) {
        inside(line, span);
      } else if (in_comment_) {
        in_comment_ = !ascii::contains(line, "-->");
      } else {
        outside(line);
      }
    }
    return std::move(fences_);
  }

 private:
  void outside(std::string_view line) {
    const Prefix prefix = prefix_of(line);
    const std::size_t at = skip_list_marker(line, prefix.bytes);
    const std::string_view text = line.substr(at);
    if (text.starts_with("<!--")) {
      in_comment_ = !ascii::contains(text, "-->");
      return;
    }
    const std::size_t length = fence_length(line, at);
    if (length == 0) return;
    const std::string_view info = ascii::trim(text.substr(length));
    // ```inline code```
    if (text[0] == '`' && ascii::contains(info, "`")) return;
    in_fence_ = true;
    mark_ = text[0];
    length_ = length;
    quotes_ = prefix.quotes;
    fences_.push_back({info, {}});
  }

  void inside(std::string_view line, Span span) {
    std::size_t at = 0;
    for (std::size_t quotes = 0; quotes < quotes_; ++quotes) {
      while (at < line.size() && ascii::is_blank(line[at])) ++at;
      if (at == line.size() || line[at] != '>') {
        in_fence_ = false;  // the block quote ends, and what is in it
        return outside(line);
      }
      ++at;
    }
    while (at < line.size() && ascii::is_blank(line[at])) ++at;
    const std::size_t length = fence_length(line, at);
    const bool closes =
        length >= length_ && line[at] == mark_ && ascii::trim(line.substr(at + length)).empty();
    if (closes) {
      in_fence_ = false;
      return;
    }
    fences_.back().lines.push_back({span.begin + static_cast<std::uint32_t>(at), span.end});
  }

  const SourceFile& file_;
  std::vector<Fence> fences_;
  bool in_fence_ = false;
  bool in_comment_ = false;
  char mark_ = '`';
  std::size_t length_ = 0;
  std::size_t quotes_ = 0;
};

}  // namespace

std::vector<Fence> find_fences(const SourceFile& file) {
  return FenceFinder(file).run();
}

}  // namespace plimsoll::run
