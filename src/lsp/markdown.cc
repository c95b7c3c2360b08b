#include "lsp/markdown.h"

#include "core/escape.h"

namespace plimsoll::lsp {
namespace {

constexpr std::size_t kMostCodePoints = 1000;

}  // namespace

std::string escaped(std::string_view text, Markup markup) {
  const std::string line = escape_terminal(text, kMostCodePoints);
  if (markup == Markup::kPlain) return line;
  // CommonMark lets a backslash stand before any of these; others open no markup inside a line.
  constexpr std::string_view kMarkup = "\\`*_{}[]()<>#+-.!|~&$:";
  std::string out;
  out.reserve(line.size());
  for (const char c : line) {
    // An escaped ':' keeps bare addresses from becoming links.
    if (kMarkup.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string bold(std::string_view escaped_text, Markup markup) {
  const std::string text(escaped_text);
  return markup == Markup::kPlain ? text : "**" + text + "**";
}

}  // namespace plimsoll::lsp
