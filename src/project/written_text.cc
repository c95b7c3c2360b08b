#include "project/written_text.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"

namespace plimsoll::ci {
namespace {

/// The line that starts at `begin`, without its line end, cut at `end`.
std::string_view line_at(std::string_view text, std::size_t begin, std::size_t end) {
  std::string_view line = text.substr(begin, end - begin);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Where the scalar's own characters begin: past the block header or the quote.
std::size_t content_begin(const Node& scalar, std::string_view text) {
  std::size_t at = scalar.span.begin;
  switch (scalar.style) {
    case Node::Style::kLiteral:
    case Node::Style::kFolded: {
      if (at >= text.size() || (text[at] != '|' && text[at] != '>')) return at;
      const std::size_t newline = text.find('\n', at);
      return newline == std::string_view::npos ? text.size() : newline + 1;
    }
    case Node::Style::kSingleQuoted:
    case Node::Style::kDoubleQuoted: return at + 1;
    default: return at;
  }
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// What of a scalar's value stands on one line of the file, and behind how much indentation.
struct LineMatch {
  std::size_t indent = 0;
  std::size_t length = 0;
};

std::optional<LineMatch> match_line(std::string_view value, std::string_view line) {
  if (value.front() == '\n') {
    if (!ascii::trim(line).empty()) return std::nullopt;
    return LineMatch{};
  }
  // One byte more than the line could hold tells whether the value goes on.
  std::string_view want = value.substr(0, line.size() + 1);
  want = want.substr(0, want.find('\n'));
  if (indentation(line) < indentation(want)) return std::nullopt;
  const std::size_t indent = indentation(line) - indentation(want);
  std::string_view shown = line.substr(indent);
  const bool ends = want.size() == value.size() || value[want.size()] == '\n';
  if (ends && shown.starts_with(want)) {
    // What is left over was stripped, or closes the quote.
    const std::string_view left_over = shown.substr(want.size());
    if (left_over.find_first_not_of(" \t'\"") != std::string_view::npos) return std::nullopt;
    return LineMatch{indent, want.size()};
  }
  while (!shown.empty() && ascii::is_blank(shown.back())) shown.remove_suffix(1);
  // A folded line: the value has a blank where the file has the line end.
  const bool folds = !shown.empty() && want.size() > shown.size() && want.starts_with(shown) &&
                     want[shown.size()] == ' ';
  if (!folds) return std::nullopt;
  return LineMatch{indent, shown.size()};
}

}  // namespace

LogicalText written_text(const Node& scalar, const SourceFile& file) {
  const std::string_view value = scalar.text;
  const std::size_t end = std::min<std::size_t>(scalar.span.end, file.text().size());
  LogicalText written;
  std::size_t at = content_begin(scalar, file.text());
  for (std::size_t done = 0; done < value.size();) {
    if (at >= end) return {};
    const std::string_view line = line_at(file.text(), at, end);
    const std::optional<LineMatch> match = match_line(value.substr(done), line);
    if (!match) return {};
    written.segments.push_back(
        {static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(at + match->indent)});
    done += match->length + 1;  // and the newline or blank that joins it to the next line
    at += line.size();
    at += at < end && file.text()[at] == '\r' ? 2U : 1U;
  }
  if (value.empty()) return {};
  written.text = value;
  written.source_begin = written.segments.front().source;
  return written;
}

}  // namespace plimsoll::ci
