#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

struct LexOptions {
  char escape = '\\';
  bool keep_quotes = false;
  bool keep_escapes = false;
  bool keep_unset = false;   ///< $x stays "$x" when the lookup knows no x
  bool split = false;        ///< fill Lexed::words
  Lookup lookup = {};        ///< without `get` every variable is unset
  std::size_t max_work = 0;  ///< bytes made on the way, also dropped ones, and pattern steps
};

struct Lexed {
  bool ok = true;        ///< false: bad syntax or a limit; `text` is what came before
  std::size_t work = 0;  ///< how much of max_work was used
  std::string text;
  std::vector<std::string> words;    ///< blank-separated, quotes respected
  std::vector<std::string> unknown;  ///< unset variables without a default, each once
};

/// Expands a Dockerfile word the way BuildKit's frontend/dockerfile/shell does, with its oddities:
/// what it calls a heredoc and what it refuses is decided by this.
///
///   word     = { "'" … "'" | '"' { variable | byte } '"' | escape byte | variable | byte }
///   variable = "$" name | "${" name [ [":"] ("-"|"+"|"?") word | ("#"|"%") pattern
///              | "/" ["/"] pattern "/" word ] "}"
[[nodiscard]] Lexed lex(std::string_view text, const LexOptions& options);

/// expand() that takes what it uses from `work`; nothing is known once that is used up.
[[nodiscard]] Expansion expand_within(std::string_view text, Lookup lookup, char escape,
                                      std::size_t& work);

}  // namespace plimsoll::dockerfile
