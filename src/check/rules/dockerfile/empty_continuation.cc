#include <utility>
#include <vector>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "empty-continuation",
    .title = "An empty line inside a continued instruction",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:NoEmptyContinuation",
    .why =
        "Docker skips the line today and has announced that it will refuse it; meanwhile a "
        "forgotten backslash swallows the next instruction.",
    .fix_note = "Safe: the line is skipped anyway.",
    .sources =
        "https://docs.docker.com/reference/build-checks/no-empty-continuation/ "
        "https://github.com/moby/moby/pull/33719",
};

void judge(const dockerfile::Instruction& instruction, const SourceFile& file, Sink& sink) {
  const std::string_view text = file.slice(instruction.span);
  if (text.find('\n') == std::string_view::npos) return;
  std::uint32_t last_written = instruction.span.begin;  // the byte before the blank lines
  std::vector<Edit> edits;
  const std::uint32_t first = file.line_index(instruction.span.begin);
  const std::uint32_t last = file.line_index(instruction.span.end);
  for (std::uint32_t line = first; line <= last; ++line) {
    const Span span = file.line_span(line);
    const std::string_view bytes = file.slice(span);
    const std::size_t end = bytes.find_last_not_of(" \t\r\v\f");
    if (end == std::string_view::npos) {
      edits.push_back({{span.begin, file.line_span(line + 1).begin}, ""});
    } else if (edits.empty()) {
      last_written = span.begin + static_cast<std::uint32_t>(end);
    }
  }
  if (edits.empty()) return;
  Finding& finding =
      sink.report(Span{last_written, last_written + 1}, "the line is continued by an empty one");
  finding.fix = Fix{.title = "remove the empty lines", .edits = std::move(edits)};
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    judge(instruction, *view.file.source, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "an empty line",
     .before = "FROM alpine:3.20\nRUN id && «\\»\n\n  id\n",
     .after = "FROM alpine:3.20\nRUN id && \\\n  id\n"},
    {.name = "blanks only, twice",
     .before = "FROM alpine:3.20\nRUN id && \\\n  id && «\\»\n \t\n\n  id\n",
     .after = "FROM alpine:3.20\nRUN id && \\\n  id && \\\n  id\n"},
    {.name = "the backslash too much",
     .before = "FROM alpine:3.20\nRUN id «\\»\n\nCMD [\"id\"]\n",
     .after = "FROM alpine:3.20\nRUN id \\\nCMD [\"id\"]\n"},
    {.name = "a comment", .before = "FROM alpine:3.20\nRUN id && \\\n  # who\n  id\n"},
    {.name = "between instructions", .before = "FROM alpine:3.20\n\nRUN id\n\n"},
    {.name = "in a heredoc", .before = "FROM alpine:3.20\nRUN <<EOF\n\nid\nEOF\n"},
};

}  // namespace

const Rule& empty_continuation() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
