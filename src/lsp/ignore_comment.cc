#include "lsp/ignore_comment.h"

#include <algorithm>
#include <string>
#include <vector>

#include "check/suppression.h"
#include "core/ascii.h"
#include "core/path.h"
#include "scan/discover.h"
#include "scan/load.h"

namespace plimsoll::lsp {
namespace {

/// Each place is tried by reading the file anew.
constexpr std::size_t kMostPlaces = 8;
constexpr std::size_t kMostBytes = 1U << 20U;

scan::Loaded load(const std::string& path, std::string text, bool named) {
  const scan::Candidate candidate{path, scan::kind_of_name(path), named};
  return scan::load_text(path, std::move(text), candidate, {});
}

std::vector<check::Pragma> pragmas_of(const scan::Loaded& file, Date today) {
  if (file.dockerfile != nullptr) return check::read_pragmas(*file.dockerfile, today);
  if (file.tree != nullptr) return check::read_pragmas(*file.tree, today);
  return check::read_pragmas_of_shell(*file.source, today);
}

std::size_t problems_of(const scan::Loaded& file) {
  return file.incomplete.size() + (file.tree == nullptr ? 0 : file.tree->problems.size()) +
         (file.dockerfile == nullptr ? 0 : file.dockerfile->problems.size());
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// Line of the instruction that the finding is in: a comment inside it would do, above reads
/// better.
std::uint32_t line_of_instruction(const scan::Loaded& file, std::uint32_t offset,
                                  std::uint32_t line) {
  for (const dockerfile::Instruction& instruction : file.dockerfile->instructions) {
    if (instruction.full_span.begin <= offset && offset <= instruction.full_span.end) {
      return file.source->line_index(instruction.span.begin);
    }
  }
  return line;
}

/// First of the lines that a backslash joins with this one.
std::uint32_t line_of_command(const SourceFile& file, std::uint32_t line) {
  while (line > 0 && ascii::trim(file.slice(file.line_span(line - 1))).ends_with('\\')) --line;
  return line;
}

/// The finding's own line, then the lines of the blocks that it stands in, innermost first.
std::vector<std::uint32_t> places(const scan::Loaded& file, std::uint32_t offset) {
  const SourceFile& source = *file.source;
  const std::uint32_t line = source.line_index(offset);
  if (file.dockerfile != nullptr) return {line_of_instruction(file, offset, line)};
  if (file.tree == nullptr) return {line_of_command(source, line)};
  std::vector<std::uint32_t> lines{line};
  std::size_t depth = indentation(source.slice(source.line_span(line)));
  for (std::uint32_t up = line; up-- > 0 && depth > 0 && lines.size() < kMostPlaces;) {
    const std::string_view text = source.slice(source.line_span(up));
    const bool says_nothing = ascii::trim(text).empty() || ascii::trim(text).starts_with('#');
    if (says_nothing || indentation(text) >= depth) continue;
    depth = indentation(text);
    lines.push_back(up);
  }
  return lines;
}

Edit comment_above(const SourceFile& file, std::uint32_t line, std::string_view slug) {
  const Span span = file.line_span(line);
  const std::string_view text = file.slice(span);
  const bool windows = file.slice({span.end, span.end + 2}) == "\r\n";
  std::string comment(text.substr(0, indentation(text)));
  comment += "# plimsoll ignore=" + std::string(slug) + " reason=\"say why\"";
  comment += windows ? "\r\n" : "\n";
  return {Span{span.begin, span.begin}, std::move(comment)};
}

bool silences(const Edit& edit, const Finding& finding, const scan::Loaded& before, bool named,
              Date today) {
  std::string text(finding.file->text());
  text.insert(edit.span.begin, edit.text);
  const scan::Loaded after = load(before.path, std::move(text), named);
  if (after.content != before.content || problems_of(after) > problems_of(before)) return false;
  Finding moved;
  moved.rule = finding.rule;
  moved.severity = finding.severity;
  moved.span = finding.span;
  if (moved.span.begin >= edit.span.begin) {
    moved.span.begin += static_cast<std::uint32_t>(edit.text.size());
    moved.span.end += static_cast<std::uint32_t>(edit.text.size());
  }
  check::suppress(pragmas_of(after, today), {&moved});
  return moved.suppressed.has_value();
}

}  // namespace

std::optional<Edit> ignore_comment(const Finding& finding, bool named, Date today) {
  if (finding.file == nullptr || finding.file->text().size() > kMostBytes) return std::nullopt;
  const std::string& path = finding.file->path();
  const std::string extension = ascii::lower(path::extension(path));
  // In Markdown a '#' makes a heading.
  if (extension == ".md" || extension == ".markdown" || extension == ".json") return std::nullopt;
  const scan::Loaded file = load(path, std::string(finding.file->text()), named);
  if (file.content == scan::Content::kNone) return std::nullopt;
  for (const std::uint32_t line : places(file, finding.span.begin)) {
    Edit edit = comment_above(*file.source, line, finding.rule);
    if (silences(edit, finding, file, named, today)) return edit;
  }
  return std::nullopt;
}

}  // namespace plimsoll::lsp
