#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "parse/dockerfile.h"
#include "parse/logical_text.h"

namespace plimsoll::dockerfile {

/// How a file spells its words, and where text that is not a slice of the file is kept.
struct WordSyntax {
  char escape = '\\';
  std::deque<std::string>* arena = nullptr;
};

/// Quotes and escapes removed as BuildKit does, variables left as written. A view into `raw` when
/// that is possible; `raw` itself when a quote is never closed.
[[nodiscard]] std::string_view unquote(std::string_view raw, WordSyntax syntax);

/// Reads flags from `at` on; returns where the arguments start.
[[nodiscard]] std::uint32_t parse_flags(const LogicalText& line, std::uint32_t at,
                                        WordSyntax syntax, std::vector<Flag>& flags);

/// Blank-separated words. BuildKit splits inside quotes too and then refuses the halves, so keeping
/// a quoted blank reads only files it does not build, and reads them as they were meant.
void parse_words(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words);

/// Words of ENV, LABEL and ARG: here quotes and escapes do hold words together.
void parse_quoted_words(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words);

/// Splits each word at its first '='. `may_be_legacy`: ENV and LABEL also take `NAME some text`.
void parse_assignments(const LogicalText& args, const std::vector<Word>& words, bool may_be_legacy,
                       WordSyntax syntax, std::vector<Assignment>& assignments);

enum class ExecForm : std::uint8_t {
  kNone,        ///< no JSON array: shell form
  kStrings,     ///< `words` holds them
  kNotStrings,  ///< a JSON array that BuildKit refuses
};
/// `["a", "b"]`, RFC 8259: double quotes only.
[[nodiscard]] ExecForm parse_exec_form(const LogicalText& args, WordSyntax syntax,
                                       std::vector<Word>& words);

}  // namespace plimsoll::dockerfile
