#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/node.h"

namespace plimsoll::yaml {

/// Walks over what lies between two tokens: blanks, line breaks, structure (`-`, `?`, `:`, `,`),
/// directives and comments. Content never lies in a gap, so every '#' found here is a comment.
class GapScanner {
 public:
  GapScanner(const SourceFile& source, std::uint32_t begin, std::vector<TreeComment>& comments)
      : source_(source), text_(source.text()), begin_(begin), cursor_(begin), comments_(comments) {}

  /// One past the last byte that was consumed.
  [[nodiscard]] std::uint32_t cursor() const { return cursor_; }
  /// Goes on after a token. Never back, so that no gap is read twice.
  void jump(std::uint32_t offset) { cursor_ = std::max(cursor_, offset); }

  /// Consumes blanks, line breaks, comments and directives; gives the offset of what follows.
  std::uint32_t skip();
  /// Like skip(), and then consumes `structure` if it follows.
  bool accept(char structure);
  /// Consumes the ':' between a key and its value if there is one. In a block mapping it stands on
  /// the key's line or in the mapping's column; another ':' belongs to an outer mapping.
  bool accept_colon(bool block, std::uint32_t mapping_begin);
  /// Consumes everything up to `offset`.
  void advance_to(std::uint32_t offset);

  [[nodiscard]] char at(std::uint32_t offset) const {
    return offset < text_.size() ? text_[offset] : '\0';
  }
  /// Bytes between the start of the line and `offset`.
  [[nodiscard]] std::uint32_t column(std::uint32_t offset) const;

 private:
  [[nodiscard]] std::uint32_t line_end(std::uint32_t offset) const;
  /// A '%' at the start of a line begins no content. libfyaml skips such lines in any gap.
  [[nodiscard]] bool is_directive(std::uint32_t offset) const;
  /// What skip() would give. Remembered, because at the end of nested mappings with empty values
  /// each of them asks about the same gap.
  [[nodiscard]] std::uint32_t peek();
  void add_comment(std::uint32_t begin, std::uint32_t end);

  const SourceFile& source_;
  std::string_view text_;
  std::uint32_t begin_;
  std::uint32_t cursor_;
  std::uint32_t peeked_from_ = UINT32_MAX;
  std::uint32_t peeked_to_ = 0;
  std::vector<TreeComment>& comments_;
};

}  // namespace plimsoll::yaml
