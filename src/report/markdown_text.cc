#include "report/markdown_text.h"

#include <algorithm>

#include "core/escape.h"

namespace plimsoll::report::markdown {
namespace {

constexpr std::size_t kMaxText = 400;  ///< code points of one message

}  // namespace

std::string safe(std::string_view text) {
  std::string out;
  for (const char c : escape_terminal(text, kMaxText)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '@': out += "&#64;"; break;  // @name calls a person
      case '#': out += "&#35;"; break;  // #1 links an issue
      case '\\':
      case '`':
      case '*':
      case '_':
      case '{':
      case '}':
      case '[':
      case ']':
      case '(':
      case ')':
      case '!':
      case '|':
      case '~': out += '\\'; [[fallthrough]];
      default: out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  std::string inside = escape_terminal(text, kMaxText);
  std::replace(inside.begin(), inside.end(), '`', '\'');
  std::string out;
  for (const char c : inside) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return '`' + out + '`';
}

}  // namespace plimsoll::report::markdown
