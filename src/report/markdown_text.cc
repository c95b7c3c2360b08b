#include "report/markdown_text.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/escape.h"
#include "report/vulnerability_facts.h"

namespace plimsoll::report {
namespace {

/// Of one line that holds no control character any more.
std::string without_markup(std::string_view text) {
  std::string out;
  for (const char c : text) {
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

}  // namespace

std::string markdown_text(std::string_view text, std::size_t max_code_points) {
  return without_markup(escape_terminal(text, max_code_points));
}

std::string markdown_code(std::string_view text, std::size_t max_code_points) {
  // Code spans end at the next run of as many backquotes.
  std::string inside = escape_terminal(text, max_code_points);
  std::replace(inside.begin(), inside.end(), '`', '\'');
  std::string out;
  for (const char c : inside) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return '`' + out + '`';
}

std::string markdown_paragraphs(std::string_view text, std::size_t max_code_points) {
  const std::string plain = prose(text, max_code_points);
  std::string out;
  for (const std::string_view line : ascii::split(plain, '\n')) {
    // Four blanks would begin a block of code, in which escapes show.
    out += (out.empty() ? "" : "\n") + without_markup(ascii::trim(line));
  }
  return out;
}

std::string markdown_link(std::string_view text, std::string_view address) {
  const std::string shown = markdown_text(text);
  std::string to;
  for (const char c : web_address(address)) {  // what ends a link's address
    to += c == '(' ? std::string("%28") : c == ')' ? std::string("%29") : std::string(1, c);
  }
  return to.empty() ? shown : '[' + shown + "](" + to + ')';
}

}  // namespace plimsoll::report
