#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace plimsoll::shell {

/// What a byte means to the word reader. Everything kPlain is skipped in one tight loop.
enum class CharClass : std::uint8_t {
  kPlain,
  kGlob,  ///< * ? [
  kBackslash,
  kSingleQuote,
  kDoubleQuote,
  kDollar,
  kBacktick,
  kReturn,     ///< \r: white space before a newline
  kDelimiter,  ///< blank, newline, ; & | ( ) < >
};

inline constexpr std::array<CharClass, 256> kCharClasses = [] {
  std::array<CharClass, 256> table{};
  const auto set = [&table](const char* chars, CharClass what) {
    for (; *chars != '\0'; ++chars) table[static_cast<unsigned char>(*chars)] = what;
  };
  set("*?[", CharClass::kGlob);
  set("\\", CharClass::kBackslash);
  set("'", CharClass::kSingleQuote);
  set("\"", CharClass::kDoubleQuote);
  set("$", CharClass::kDollar);
  set("`", CharClass::kBacktick);
  set("\r", CharClass::kReturn);
  set(" \t\n;&|()<>", CharClass::kDelimiter);
  return table;
}();

/// A set of bytes with one look-up per question.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};

constexpr CharClass char_class(char c) {
  return kCharClasses[static_cast<unsigned char>(c)];
}

}  // namespace plimsoll::shell
