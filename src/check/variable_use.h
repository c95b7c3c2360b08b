#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/ascii.h"
#include "core/span.h"
#include "parse/dockerfile.h"

namespace plimsoll::check {

/// $NAME or ${NAME…} in the text of an instruction.
struct VariableUse {
  std::string_view name;
  Span at;  ///< offsets into the text, from '$' to the name's end (with a '}' right after)
  char modifier = 0;  ///< of ${NAME:-x} and ${NAME-x}: '-'; also '+', '?', '#', '%', '/'
};

/// Calls visit(VariableUse) for each variable that BuildKit would replace: not in single quotes and
/// not after the escape character, but also inside the default of another one.
template <class Visit>
void for_each_variable(std::string_view text, char escape, Visit visit) {
  bool in_double_quotes = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == escape) {
      i += 2;
      continue;
    }
    if (c == '\'' && !in_double_quotes) {
      const std::size_t close = text.find('\'', i + 1);
      if (close == std::string_view::npos) return;
      i = close + 1;
      continue;
    }
    if (c == '"') in_double_quotes = !in_double_quotes;
    if (c != '$') {
      ++i;
      continue;
    }
    const bool braces = text.substr(i + 1).starts_with('{');
    const std::size_t begin = i + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() && ascii::is_name(text[end])) ++end;
    if (end == begin || ascii::is_digit(text[begin])) {
      i = begin;
      continue;
    }
    VariableUse use{.name = text.substr(begin, end - begin),
                    .at = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)}};
    if (braces && end < text.size() && text[end] == '}') {
      ++use.at.end;
    } else if (braces && end < text.size()) {
      use.modifier = text[end] == ':' && end + 1 < text.size() ? text[end + 1] : text[end];
    }
    visit(use);
    i = end;
  }
}

/// Where a part of `raw` stands in the file; the whole `span` when a continuation lies in between.
[[nodiscard]] inline Span part_of(std::string_view raw, Span span, Span part) {
  if (raw.size() != span.size()) return span;
  return {span.begin + part.begin, span.begin + part.end};
}

}  // namespace plimsoll::check
