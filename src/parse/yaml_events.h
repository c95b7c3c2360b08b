#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/span.h"
#include "parse/node.h"

struct fy_diag;
struct fy_event;
struct fy_parser;

namespace plimsoll::yaml {

struct Event {
  enum class Kind : std::uint8_t {
    kDocumentStart,
    kDocumentEnd,
    kScalar,
    kAlias,
    kSequenceStart,
    kSequenceEnd,
    kMappingStart,
    kMappingEnd,
  };

  Kind kind = Kind::kScalar;
  Node::Style style = Node::Style::kPlain;
  /// False when no byte of the file stands for exactly this: an empty value, a block collection,
  /// an implicit document start. `span` then means nothing.
  bool present = false;
  Span span;    ///< with quotes and '*'; of collections' start and end: the bracket alone
  Span tag;     ///< empty when none
  Span anchor;  ///< with its '&'; empty when none
};

/// YAML's structure as a series of events. The only code that knows libfyaml. Its offsets are
/// exact for tokens that have bytes; the text of scalars is left to yaml_scalar.h.
class EventReader {
 public:
  /// Reads `text` (which must outlive this) from `begin` to `end`; offsets count from text's start.
  EventReader(std::string_view text, std::uint32_t begin, std::uint32_t end);

  /// Nullopt at the end or when the text is no YAML; failed() tells which.
  [[nodiscard]] std::optional<Event> next();

  [[nodiscard]] bool failed() const { return failed_; }
  /// One line, lower case. Meaningful only when failed().
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] std::uint32_t offset() const { return offset_; }

 private:
  struct DiagDeleter {
    void operator()(fy_diag* diag) const;
  };
  struct ParserDeleter {
    void operator()(fy_parser* parser) const;
  };

  /// Nullopt for those events that tell nothing about documents.
  [[nodiscard]] std::optional<Event> convert(fy_event& event) const;
  void collect_failure();

  std::string_view text_;
  std::uint32_t begin_;
  std::uint32_t end_;
  bool failed_ = false;
  std::string message_;
  std::uint32_t offset_ = 0;
  std::unique_ptr<fy_diag, DiagDeleter> diag_;  // outlives the parser, which writes into it
  std::unique_ptr<fy_parser, ParserDeleter> parser_;
};

}  // namespace plimsoll::yaml
