#pragma once

#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "parse/logical_text.h"
#include "parse/shell.h"
#include "workload/run/argument.h"
#include "workload/run/variables.h"

namespace plimsoll::run {

/// Bytes of a shell word and where they stand.
struct WordText {
  std::string_view raw;       ///< as the shell reads it, with quotes
  std::string_view original;  ///< as the file says it; as long as `raw`, or empty when the same
  const SourceFile* file = nullptr;
  const LogicalText* map = nullptr;  ///< null: the whole of `raw` stands at `span`
  std::uint32_t offset = 0;          ///< of raw[0] in the mapped text
  Span span;                         ///< of the word in the file
};

/// The word in the script it was parsed from. `script_text` is what parse() got.
[[nodiscard]] WordText word_text(const shell::Word& word, std::string_view script_text,
                                 std::string_view original, const SourceFile& file,
                                 const LogicalText& map);

/// What the shell makes of a word: quotes go, known variables are replaced and, unquoted, split at
/// blanks (so a word may give none or several). What is not known stays as written.
/// Source: POSIX.1-2017, Shell Command Language, §2.6.
void expand(const WordText& word, Variables& variables, std::vector<Argument>& out);
/// As in an assignment: no splitting.
[[nodiscard]] Argument expand_value(const WordText& word, Variables& variables);

}  // namespace plimsoll::run
