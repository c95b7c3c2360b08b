#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/logical_text.h"

/// From the words of a run line to a Workload. Private to workload/.
namespace plimsoll::run {

/// How a part of an argument came to be.
enum class How : std::uint8_t {
  kWritten,      ///< byte for byte in the file
  kSubstituted,  ///< the value of a variable whose literal is known
  kDefaulted,    ///< the fallback of ${X:-fallback}
  kUnknown,      ///< an expansion that nobody can know; its text is kept as written
};

/// One argument as the program gets it (quotes gone, known variables replaced), in which every byte
/// still knows where it was written.
class Argument {
 public:
  static constexpr std::size_t npos = std::string::npos;

  Argument() = default;
  /// Nothing yet; `whole` is its word in the file, with quotes.
  Argument(const SourceFile* file, Span whole) : file_(file), whole_(whole) {}
  /// Text that came out of a tree; `place` stands for all of it.
  [[nodiscard]] static Argument of(std::string_view text, Place place);

  /// For kWritten `source` has as many bytes as `text`; otherwise it stands for all of it.
  void append(std::string_view text, Span source, How how);
  /// All of `value`, as if it were written at `source`.
  void append_value(const Argument& value, Span source);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// No part of it is unknown.
  [[nodiscard]] bool known() const { return unknown_bytes_ == 0; }
  /// Some of it, at least, is known.
  [[nodiscard]] bool partly_known() const { return unknown_bytes_ < text_.size() || empty(); }
  [[nodiscard]] bool has_default() const;
  /// Of the text without its quotes; of the whole word when the text is empty.
  [[nodiscard]] Place place() const;
  [[nodiscard]] Place whole_place() const { return {file_, whole_}; }

  /// The way from its text to the file, for text that is a language of its own (sh -c '…').
  [[nodiscard]] LogicalText map() const;

  /// First byte at or after `from` that is known to be one of `set`.
  [[nodiscard]] std::size_t find_first_of(std::string_view set, std::size_t from = 0) const;
  [[nodiscard]] std::size_t find(char c, std::size_t from = 0) const {
    return find_first_of({&c, 1}, from);
  }
  [[nodiscard]] std::size_t rfind(char c) const;
  [[nodiscard]] Argument part(std::size_t begin, std::size_t end = npos) const;
  /// Visits the parts between known `separator`s; empty ones are kept; "" gives one empty part.
  template <class Visit>
  void for_each_part(char separator, Visit visit) const {
    for (std::size_t begin = 0;;) {
      const std::size_t at = find(separator, begin);
      visit(part(begin, at));
      if (at == npos) return;
      begin = at + 1;
    }
  }

  /// Stands for any number of arguments: "$@", "${args[@]}".
  bool is_list = false;
  /// The word is an unquoted expansion and nothing else, so it may stand for several or none.
  bool is_bare_expansion = false;

 private:
  struct Piece {
    std::size_t begin = 0;  ///< in text_; ends where the next begins
    Span source;
    How how = How::kWritten;
  };
  [[nodiscard]] std::size_t piece_at(std::size_t offset) const;
  [[nodiscard]] std::size_t end_of(std::size_t piece) const;

  const SourceFile* file_ = nullptr;
  Span whole_;
  std::string text_;
  std::vector<Piece> pieces_;
  std::size_t unknown_bytes_ = 0;
};

}  // namespace plimsoll::run
