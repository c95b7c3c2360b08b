#include "workload/run/embedded_script.h"

#include "core/ascii.h"

namespace plimsoll::run {

void ScriptBuilder::mark(std::uint32_t source) {
  const auto logical = static_cast<std::uint32_t>(text_.size());
  if (!segments_.empty()) {
    const LogicalText::Segment& last = segments_.back();
    if (last.source + (logical - last.logical) == source) return;
  }
  segments_.push_back({logical, source});
}

void ScriptBuilder::add(Span span) {
  if (span.empty()) return;
  mark(span.begin);
  text_ += file_.slice(span);
}

void ScriptBuilder::end_line(std::uint32_t source) {
  mark(source);
  text_ += '\n';
}

EmbeddedScript ScriptBuilder::take() {
  EmbeddedScript script;
  script.text = std::move(text_);
  script.original = script.text;
  script.map.segments = std::move(segments_);
  text_.clear();
  segments_.clear();
  return script;
}

void blank_out(std::string& text, std::size_t begin, std::size_t end) {
  text[begin] = '$';
  for (std::size_t i = begin + 1; i < end; ++i) {
    const bool fits = i == begin + 1 ? ascii::is_name_start(text[i]) : ascii::is_name(text[i]);
    if (!fits) text[i] = '_';
  }
}

}  // namespace plimsoll::run
