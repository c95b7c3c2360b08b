#include "parse/yaml_events.h"

#include <libfyaml.h>

#include <algorithm>

namespace plimsoll::yaml {
namespace {

fy_parse_cfg_flags parser_flags() {
  // libfyaml's own depth limit is off because ours is reached first: we stop at the event that
  // goes too deep, and its scanner keeps its state on the heap. "Sloppy" flow indentation, a
  // closing bracket at the parent's column, is what every other loader takes.
  return static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                         FYPCF_DISABLE_DEPTH_LIMIT | FYPCF_SLOPPY_FLOW_INDENTATION |
                                         FYPCF_JSON_NONE);
}

/// Collects messages and prints none.
fy_diag* silent_diag() {
  fy_diag_cfg config{};
  fy_diag_cfg_default(&config);
  config.fp = nullptr;
  config.output_fn = nullptr;
  fy_diag* const diag = fy_diag_create(&config);
  if (diag != nullptr) fy_diag_set_collect_errors(diag, true);
  return diag;
}

Node::Style style_of(fy_token* token) {
  switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED: return Node::Style::kSingleQuoted;
    case FYSS_DOUBLE_QUOTED: return Node::Style::kDoubleQuoted;
    case FYSS_LITERAL: return Node::Style::kLiteral;
    case FYSS_FOLDED: return Node::Style::kFolded;
    default: return Node::Style::kPlain;
  }
}

bool is_quoted(Node::Style style) {
  return style == Node::Style::kSingleQuoted || style == Node::Style::kDoubleQuoted;
}

bool is_bracket(fy_token* token) {
  switch (fy_token_get_type(token)) {
    case FYTT_FLOW_SEQUENCE_START:
    case FYTT_FLOW_SEQUENCE_END:
    case FYTT_FLOW_MAPPING_START:
    case FYTT_FLOW_MAPPING_END: return true;
    default: return false;
  }
}

/// Offsets of a token in the whole text, held inside the part that was read.
class Marks {
 public:
  Marks(std::string_view text, std::uint32_t begin, std::uint32_t end)
      : text_(text), begin_(begin), end_(end) {}

  [[nodiscard]] std::optional<Span> span(fy_token* token) const {
    if (token == nullptr) return std::nullopt;
    const fy_mark* const first = fy_token_start_mark(token);
    const fy_mark* const last = fy_token_end_mark(token);
    if (first == nullptr || last == nullptr) return std::nullopt;
    const std::uint32_t from = offset(first->input_pos);
    return Span{from, std::max(from, offset(last->input_pos))};
  }

  /// libfyaml's marks leave out the sign ('&', '*', an opening quote) in front of a token.
  [[nodiscard]] Span with_sign(Span span, std::string_view signs) const {
    if (span.begin > begin_ && signs.find(text_[span.begin - 1]) != std::string_view::npos) {
      --span.begin;
    }
    return span;
  }

  /// A plain scalar before a comment is said to end at the comment.
  [[nodiscard]] Span without_trailing_space(Span span) const {
    while (!span.empty() &&
           std::string_view(" \t\r\n").find(text_[span.end - 1]) != std::string_view::npos) {
      --span.end;
    }
    return span;
  }

  [[nodiscard]] Span quoted(Span span) const {
    const bool closed = span.end < end_ && (text_[span.end] == '"' || text_[span.end] == '\'');
    return with_sign({span.begin, span.end + (closed ? 1U : 0U)}, "\"'");
  }

  [[nodiscard]] std::uint32_t offset(std::size_t position) const {
    return begin_ + static_cast<std::uint32_t>(std::min<std::size_t>(position, end_ - begin_));
  }

 private:
  std::string_view text_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

void set_properties(Event& event, const Marks& marks, fy_token* tag, fy_token* anchor) {
  if (const auto span = marks.span(tag)) event.tag = *span;
  if (const auto span = marks.span(anchor)) event.anchor = marks.with_sign(*span, "&");
}

void set_scalar(Event& event, const Marks& marks, fy_token* token) {
  const auto span = marks.span(token);
  if (!span) return;
  event.style = style_of(token);
  event.span = *span;
  if (is_quoted(event.style)) event.span = marks.quoted(*span);
  if (event.style == Node::Style::kPlain) event.span = marks.without_trailing_space(*span);
  event.present = event.style != Node::Style::kPlain || !event.span.empty();
}

void set_bracket(Event& event, const Marks& marks, fy_token* token) {
  const auto span = marks.span(token);
  event.style = Node::Style::kBlock;
  if (!span || !is_bracket(token)) return;
  event.style = Node::Style::kFlow;
  event.span = *span;
  event.present = !span->empty();  // `[a: b]` holds a flow mapping without braces
}

void set_marker(Event& event, const Marks& marks, fy_token* token) {
  const auto span = marks.span(token);
  if (!span || span->empty()) return;
  event.span = *span;
  event.present = true;
}

}  // namespace

void EventReader::DiagDeleter::operator()(fy_diag* diag) const {
  fy_diag_destroy(diag);
}
void EventReader::ParserDeleter::operator()(fy_parser* parser) const {
  fy_parser_destroy(parser);
}

EventReader::EventReader(std::string_view text, std::uint32_t begin, std::uint32_t end)
    : text_(text), begin_(begin), end_(end), diag_(silent_diag()) {
  fy_parse_cfg config{};
  config.flags = parser_flags();
  config.diag = diag_.get();
  parser_.reset(fy_parser_create(&config));
  const std::string_view part = text_.substr(begin_, end_ - begin_);
  failed_ =
      parser_ == nullptr || fy_parser_set_string(parser_.get(), part.data(), part.size()) != 0;
  if (failed_) collect_failure();
}

std::optional<Event> EventReader::next() {
  while (!failed_) {
    fy_event* const raw = fy_parser_parse(parser_.get());
    if (raw == nullptr) {
      failed_ = fy_parser_get_stream_error(parser_.get());
      if (failed_) collect_failure();
      return std::nullopt;
    }
    const auto event = convert(*raw);
    fy_parser_event_free(parser_.get(), raw);
    if (event) return event;
  }
  return std::nullopt;
}

std::optional<Event> EventReader::convert(fy_event& raw) const {
  const Marks marks(text_, begin_, end_);
  Event event;
  switch (raw.type) {
    case FYET_DOCUMENT_START:
      event.kind = Event::Kind::kDocumentStart;
      set_marker(event, marks, raw.document_start.document_start);
      return event;
    case FYET_DOCUMENT_END:
      event.kind = Event::Kind::kDocumentEnd;
      set_marker(event, marks, raw.document_end.document_end);
      return event;
    case FYET_SCALAR:
      event.kind = Event::Kind::kScalar;
      set_properties(event, marks, raw.scalar.tag, raw.scalar.anchor);
      set_scalar(event, marks, raw.scalar.value);
      return event;
    case FYET_ALIAS:
      event.kind = Event::Kind::kAlias;
      event.present = true;
      event.span =
          marks.with_sign(marks.span(raw.alias.anchor).value_or(Span{begin_, begin_}), "*");
      return event;
    case FYET_SEQUENCE_START:
      event.kind = Event::Kind::kSequenceStart;
      set_properties(event, marks, raw.sequence_start.tag, raw.sequence_start.anchor);
      set_bracket(event, marks, raw.sequence_start.sequence_start);
      return event;
    case FYET_MAPPING_START:
      event.kind = Event::Kind::kMappingStart;
      set_properties(event, marks, raw.mapping_start.tag, raw.mapping_start.anchor);
      set_bracket(event, marks, raw.mapping_start.mapping_start);
      return event;
    case FYET_SEQUENCE_END:
      event.kind = Event::Kind::kSequenceEnd;
      set_bracket(event, marks, raw.sequence_end.sequence_end);
      return event;
    case FYET_MAPPING_END:
      event.kind = Event::Kind::kMappingEnd;
      set_bracket(event, marks, raw.mapping_end.mapping_end);
      return event;
    default: return std::nullopt;
  }
}

void EventReader::collect_failure() {
  message_ = "not valid YAML";
  offset_ = end_;
  if (diag_ == nullptr) return;
  void* previous = nullptr;
  const fy_diag_error* error = nullptr;
  do {  // warnings are collected, too
    error = fy_diag_errors_iterate(diag_.get(), &previous);
  } while (error != nullptr && error->type != FYET_ERROR);
  if (error == nullptr || error->msg == nullptr) return;
  message_ = error->msg;
  message_.resize(std::min(message_.find_first_of("\r\n"), message_.size()));
  if (const auto span = Marks(text_, begin_, end_).span(error->fyt)) offset_ = span->begin;
}

}  // namespace plimsoll::yaml
