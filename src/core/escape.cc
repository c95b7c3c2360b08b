#include "core/escape.h"

#include <cstdint>
#include <cstdio>

#include "core/utf8.h"

namespace plimsoll {
namespace {

bool is_dangerous(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  if (c == 0x061C || (c >= 0x200B && c <= 0x200F)) return true;  // invisible and direction marks
  if (c >= 0x2028 && c <= 0x202E) return true;                   // line ends and reordering
  if (c >= 0x2060 && c <= 0x206F) return true;                   // invisible and isolates
  return c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);          // byte order mark, tags
}

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool is_combining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

std::string_view ellipsis(Charset charset) {
  return charset == Charset::kUnicode ? "…" : "...";
}

void append_escaped(std::string& out, const char* format, char32_t c) {
  char escaped[16];
  std::snprintf(escaped, sizeof escaped, format, static_cast<unsigned>(c));
  out += escaped;
}

}  // namespace

std::string escape_terminal(std::string_view text, std::size_t max_code_points, Charset charset) {
  std::string out;
  out.reserve(text.size());
  std::size_t count = 0;
  while (!text.empty()) {
    if (count++ == max_code_points) return out + std::string(ellipsis(charset));
    const std::size_t length = utf8::sequence_length(text);
    if (length == 0) {
      append_escaped(out, "\\x%02x", static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = utf8::decode(text.substr(0, length));
    if (c == '\n' || c == '\t') {
      out += c == '\n' ? "\\n" : "\\t";
    } else if (is_dangerous(c)) {
      append_escaped(out, c < 0x100 ? "\\x%02x" : "\\u{%04x}", c);
    } else if (c < 0x80 || charset == Charset::kUnicode) {
      out += text.substr(0, length);
    } else if (c == U'…') {
      out += ellipsis(charset);
    } else {
      append_escaped(out, "\\u{%04x}", c);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string to_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8::sequence_length(text);
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t length = utf8::sequence_length(text);
    if (length == 0) {
      ++width;
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = utf8::decode(text.substr(0, length));
    width += is_combining(c) ? 0U : is_wide(c) ? 2U : 1U;
    text.remove_prefix(length);
  }
  return width;
}

}  // namespace plimsoll
