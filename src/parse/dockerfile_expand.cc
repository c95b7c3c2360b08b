#include <string>
#include <utility>

#include "core/limits.h"
#include "parse/dockerfile.h"
#include "parse/dockerfile_lexer.h"

namespace plimsoll::dockerfile {

Expansion expand_within(std::string_view text, Lookup lookup, char escape, std::size_t& work) {
  bool plain = true;
  for (const char c : text) plain = plain && c != '$' && c != '"' && c != '\'' && c != escape;
  if (plain) return {.text = std::string(text)};
  Lexed lexed = lex(text, {.escape = escape, .lookup = lookup, .max_work = work});
  work -= lexed.work;
  // What BuildKit would refuse has no value; the text as written helps the reader most.
  if (!lexed.ok) return {std::string(text), false, std::move(lexed.unknown)};
  const bool known = lexed.unknown.empty();
  return {std::move(lexed.text), known, std::move(lexed.unknown)};
}

Expansion expand(std::string_view text, Lookup lookup, char escape) {
  std::size_t work = limits::kExpandedValueBytes;
  return expand_within(text, lookup, escape, work);
}

}  // namespace plimsoll::dockerfile
