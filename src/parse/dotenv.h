#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "core/span.h"

/// .env files as Compose reads them.
/// Source: Compose's "Syntax for environment files"; compose-go's dotenv package.
namespace plimsoll::dotenv {

enum class Quotes : std::uint8_t { kNone, kSingle, kDouble };

struct Entry {
  Span span;  ///< the whole assignment, from `export` or the key to the value's end
  Span key_span;
  Span value_span;       ///< with its quotes; empty, after the '=', when there is no value
  std::string_view key;  ///< views the file
  std::string value;     ///< quotes and escapes removed; variables left as written
  Quotes quotes = Quotes::kNone;
  bool has_value = true;  ///< false: KEY alone, which takes its value from the shell

  /// Variables in the value are replaced when it is used: not in single quotes.
  [[nodiscard]] bool interpolates() const { return quotes != Quotes::kSingle; }
};

struct Problem {
  Span span;
  std::string message;
};

struct File {
  const SourceFile* source = nullptr;
  std::vector<Entry> entries;     ///< in order; of the same key the last wins
  std::vector<Problem> problems;  ///< the line is left out

  [[nodiscard]] const Entry* find(std::string_view key) const;
};

/// Reads any bytes; `source` must outlive the result.
[[nodiscard]] File parse(const SourceFile& source);

}  // namespace plimsoll::dotenv
