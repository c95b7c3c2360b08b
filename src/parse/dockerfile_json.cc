#include <cstdint>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_words.h"

namespace plimsoll::dockerfile {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

std::uint32_t hex_value(char c) {
  if (ascii::is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  return static_cast<std::uint32_t>(ascii::to_lower(c) - 'a') + 10;
}

/// Reads one flat JSON array.
///   array  = "[" [ value { "," value } ] "]"        value = string | number | true | false | null
/// Nested arrays and objects make it no array for us: nobody writes them here, and reading the
/// instruction as shell form is what BuildKit's error would lead its author to look at.
class ArrayReader {
 public:
  ArrayReader(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words)
      : args_(args), text_(args.text), syntax_(syntax), words_(words) {}

  ExecForm run() {
    if (!eat('[')) return ExecForm::kNone;
    skip_space();
    if (!eat(']')) {
      do {
        skip_space();
        if (!value()) return ExecForm::kNone;
        skip_space();
      } while (eat(','));
      if (!eat(']')) return ExecForm::kNone;
    }
    skip_space();
    if (at_ != text_.size()) return ExecForm::kNone;
    return only_strings_ ? ExecForm::kStrings : ExecForm::kNotStrings;
  }

 private:
  bool eat(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() && (ascii::is_blank(text_[at_]) || text_[at_] == '\r')) ++at_;
  }
  bool digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ascii::is_digit(text_[at_])) ++at_;
    return at_ > begin;
  }

  bool value() {
    if (at_ < text_.size() && text_[at_] == '"') return string();
    only_strings_ = false;
    return eat("true") || eat("false") || eat("null") || number();
  }

  bool number() {
    eat('-');
    if (!eat('0') && !digits()) return false;
    if (eat('.') && !digits()) return false;
    if (!eat('e') && !eat('E')) return true;
    if (!eat('+')) eat('-');
    return digits();
  }

  bool string() {
    const std::size_t begin = at_++;
    const std::size_t plain_end = text_.find_first_of("\"\\", at_);
    if (plain_end == std::string_view::npos) return false;
    std::string_view decoded = text_.substr(at_, plain_end - at_);
    for (const char c : decoded) {
      if (static_cast<unsigned char>(c) < 0x20) return false;
    }
    at_ = plain_end;
    if (text_[at_] == '\\') {
      auto rest = with_escapes(std::string(decoded));
      if (!rest) return false;
      decoded = syntax_.arena->emplace_back(*std::move(rest));
    }
    ++at_;
    const Span logical{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    words_.push_back({args_.source(logical), text_.substr(begin, at_ - begin), decoded});
    return true;
  }

  /// Decodes up to the closing quote and stops there.
  std::optional<std::string> with_escapes(std::string out) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') return out;
      if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
      ++at_;
      if (c != '\\') {
        out.push_back(c);
      } else if (!escape(out)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  bool escape(std::string& out) {
    if (at_ == text_.size()) return false;
    const char c = text_[at_++];
    switch (c) {
      case '"':
      case '\\':
      case '/': out.push_back(c); return true;
      case 'b': out.push_back('\b'); return true;
      case 'f': out.push_back('\f'); return true;
      case 'n': out.push_back('\n'); return true;
      case 'r': out.push_back('\r'); return true;
      case 't': out.push_back('\t'); return true;
      case 'u': return code_point(out);
      default: return false;
    }
  }

  std::optional<std::uint32_t> hex4() {
    if (text_.size() - at_ < 4) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : text_.substr(at_, 4)) {
      if (!ascii::is_hex(c)) return std::nullopt;
      code = code * 16 + hex_value(c);
    }
    at_ += 4;
    return code;
  }

  bool code_point(std::string& out) {
    constexpr std::uint32_t kReplacement = 0xFFFD;  // for half a surrogate pair, as Go does
    const auto first = hex4();
    if (!first) return false;
    std::uint32_t code = *first;
    if (code >= 0xD800 && code < 0xE000) {
      code = kReplacement;
      const std::size_t back = at_;
      if (*first < 0xDC00 && eat("\\u")) {
        const auto second = hex4();
        if (!second) return false;
        if (*second >= 0xDC00 && *second < 0xE000) {
          code = 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00);
        } else {
          at_ = back;
        }
      }
    }
    append_utf8(out, code);
    return true;
  }

  const LogicalText& args_;
  std::string_view text_;
  WordSyntax syntax_;
  std::vector<Word>& words_;
  std::size_t at_ = 0;
  bool only_strings_ = true;
};

}  // namespace

ExecForm parse_exec_form(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words) {
  if (args.text.empty() || args.text.front() != '[') return ExecForm::kNone;
  const ExecForm form = ArrayReader(args, syntax, words).run();
  if (form != ExecForm::kStrings) words.clear();
  return form;
}

}  // namespace plimsoll::dockerfile
