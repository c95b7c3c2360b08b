#include "check/ci_line.h"

#include "core/ascii.h"

namespace plimsoll::check {

std::string_view line_end_of(const SourceFile& file) {
  const std::size_t end = file.text().find('\n');
  return end != std::string_view::npos && end > 0 && file.text()[end - 1] == '\r' ? "\r\n" : "\n";
}

std::optional<CommandLine> line_of(const ci::Step& step, const shell::Command& command) {
  if (step.run_node == nullptr || step.written.text.empty() || step.run_node->shared ||
      !step.run_node->anchor.empty() || command.depth > 0 || command.nested) {
    return std::nullopt;
  }
  const Place place = step.source(command.span);
  const SourceFile& file = *place.file;
  const Span line = file.line_span(file.line_index(place.span.begin));
  const std::string_view before = file.slice({line.begin, place.span.begin});
  const std::string_view after = ascii::trim(file.slice({place.span.end, line.end}));
  const std::string_view dash = ascii::trim(before);
  if (place.span.end > line.end || !after.empty() || before.find('\t') != before.npos) {
    return std::nullopt;
  }
  const bool is_line = dash.empty() && step.run_node->style == Node::Style::kLiteral;
  const bool is_item = dash == "-" && step.run_node->is_plain();
  if (!is_line && !is_item) return std::nullopt;
  return CommandLine{line, std::string(before), line_end_of(file)};
}

}  // namespace plimsoll::check
