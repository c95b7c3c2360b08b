#include <array>

#include "core/ascii.h"
#include "parse/shell_parser.h"

// The escapes of $'…'. Source: bash manual, §3.1.2.4.

namespace plimsoll::shell {
namespace {

/// Every byte once, so that a made-up byte can be a piece like any other.
constexpr std::array<char, 256> kBytes = [] {
  std::array<char, 256> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(i));
  }
  return bytes;
}();

std::string_view byte(std::uint32_t value) {
  return {&kBytes[value & 0xFFU], 1};
}

std::uint32_t digit_value(char c) {
  if (ascii::is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  return static_cast<std::uint32_t>(ascii::to_lower(c) - 'a') + 10;
}

}  // namespace

std::uint32_t Parser::number(std::uint32_t base, std::size_t digits) {
  std::uint32_t value = 0;
  for (; digits > 0 && p_ < end_ && ascii::is_hex(*p_) && digit_value(*p_) < base; --digits) {
    value = value * base + digit_value(*p_++);
  }
  return value;
}

void Parser::code_point(std::uint32_t code) {
  if (code < 0x80) return piece(byte(code));
  if (code < 0x800) {
    piece(byte(0xC0U | (code >> 6U)));
  } else if (code < 0x10000) {
    piece(byte(0xE0U | (code >> 12U)));
    piece(byte(0x80U | ((code >> 6U) & 0x3FU)));
  } else {
    piece(byte(0xF0U | ((code >> 18U) & 0x07U)));
    piece(byte(0x80U | ((code >> 12U) & 0x3FU)));
    piece(byte(0x80U | ((code >> 6U) & 0x3FU)));
  }
  piece(byte(0x80U | (code & 0x3FU)));
}

/// At the quote of $'…'.
void Parser::ansi_quoted() {
  const char* run = ++p_;
  while (p_ < end_) {
    if (*p_ == '\'') {
      piece(run, p_);
      ++p_;
      return;
    }
    if (*p_ == '\\' && end_ - p_ > 1) {
      piece(run, p_);
      p_ += 1;
      ansi_escape();
      run = p_;
    } else {
      ++p_;
    }
  }
  fail();
}

/// Behind the backslash; there is at least one byte.
void Parser::ansi_escape() {
  static constexpr std::string_view kLetters = "abeEfnrtv\\'\"?";
  static constexpr std::string_view kMeanings = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  const char c = *p_;
  if (const std::size_t at = kLetters.find(c); at != std::string_view::npos) {
    ++p_;
    return piece(kMeanings.substr(at, 1));
  }
  if (c >= '0' && c <= '7') return piece(byte(number(8, 3)));
  const bool has_digits = ascii::is_hex(ahead(1));
  if (has_digits && (c == 'x' || c == 'u' || c == 'U')) {
    ++p_;
    if (c == 'x') return piece(byte(number(16, 2)));
    return code_point(number(16, c == 'u' ? 4 : 8));
  }
  if (c == 'c' && end_ - p_ > 1) {
    piece(byte(static_cast<unsigned char>(p_[1]) & 0x1FU));
    p_ += 2;
    return;
  }
  piece("\\");  // not an escape: both bytes stay
  piece(p_, p_ + 1);
  ++p_;
}

}  // namespace plimsoll::shell
