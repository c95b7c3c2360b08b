#include "parse/dockerfile_content.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/ascii.h"
#include "parse/dockerfile.h"
#include "parse/dockerfile_keyword.h"
#include "parse/dockerfile_lines.h"
#include "parse/dockerfile_words.h"

namespace plimsoll::dockerfile {
namespace {

using Byte = unsigned char;

/// Size of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none. Overlong
/// forms pass: this tells text from binary, not good text from bad.
std::size_t sequence_size(std::string_view text) {
  const Byte lead = static_cast<Byte>(text.front());
  const std::size_t size = lead < 0x80                    ? 1
                           : lead >= 0xC2 && lead <= 0xDF ? 2
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                          : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<Byte>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  return size;
}

bool is_control(char c) {
  return static_cast<Byte>(c) < 0x20 && !ascii::is_space(c) && c != '\x1B' && c != '\b';
}

/// True when all eight bytes are ASCII from backspace on, which nearly all text is.
bool is_plain_block(const char* at) {
  std::uint64_t block = 0;
  std::memcpy(&block, at, sizeof block);
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  return (((block - kOnes * 8) | block) & kHigh) == 0;
}

/// "FROM image" or "FROM image AS name" with words of the right look. Prose and other languages
/// have lines that start with "from", too.
bool is_from(const LogicalText& args, const WordSyntax& syntax) {
  std::vector<Flag> flags;
  const std::uint32_t begin = parse_flags(args, 0, syntax, flags);
  std::vector<Word> words;
  parse_words(args.part(begin, static_cast<std::uint32_t>(args.text.size())), syntax, words);
  const bool named = words.size() == 3 && ascii::iequals(words[1].raw, "as");
  if (words.size() != 1 && !named) return false;
  return std::all_of(words[0].value.begin(), words[0].value.end(), [](char c) {
    return ascii::is_alnum(c) ||
           std::string_view("._/:@-${}+%#?[]").find(c) != std::string_view::npos;
  });
}

bool is_args(const LogicalText& args) {
  return !args.text.empty() && ascii::is_name_start(args.text.front());
}

}  // namespace

bool is_binary(std::string_view text) {
  std::size_t bad = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text.size() - at >= 8 && is_plain_block(text.data() + at)) {
      at += 8;
      continue;
    }
    if (text[at] == '\0') return true;
    const std::size_t size = sequence_size(text.substr(at));
    bad += size == 0 || is_control(text[at]) ? 1U : 0U;
    at += std::max<std::size_t>(size, 1);
  }
  return bad > text.size() / 10;
}

bool looks_like_dockerfile(std::string_view text) {
  if (is_binary(text)) return false;
  Dockerfile scratch;
  LineReader lines(text, scratch);
  LogicalLine line;
  while (lines.next(line)) {
    const std::string_view logical = line.text.text;
    std::uint32_t end = 0;
    while (end < logical.size() && !ascii::is_space(logical[end])) ++end;
    const LogicalText args = line.text.part(end, static_cast<std::uint32_t>(logical.size()));
    std::uint32_t begin = 0;
    while (begin < args.text.size() && ascii::is_space(args.text[begin])) ++begin;
    const LogicalText trimmed = args.part(begin, static_cast<std::uint32_t>(args.text.size()));
    const Keyword keyword = parse_keyword(logical.substr(0, end));
    if (keyword == Keyword::kFrom) return is_from(trimmed, {scratch.escape, &scratch.arena});
    if (keyword != Keyword::kArg || !is_args(trimmed)) return false;
  }
  return false;
}

}  // namespace plimsoll::dockerfile
