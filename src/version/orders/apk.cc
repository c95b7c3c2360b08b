// number{.number}…{letter}{_suffix{number}}…{~hash}{-r#} by apk-tools 3, with digits behind a
// letter as in apk-tools 2. Where a version stops being one it is before all that goes on, and
// equal to what stops there, too; so is a revision that is not the last.

#include <array>

#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

/// What goes on is newer the earlier it stands here.
enum class Kind {
  kFirstNumber,
  kNumber,
  kLetter,
  kSuffix,
  kSuffixNumber,
  kHash,
  kRevision,
  kEnd,
  kInvalid
};

struct Token {
  Kind kind = Kind::kInvalid;
  std::string_view text;
  int suffix = 0;  ///< below 0 for those before the release
};

constexpr std::array<std::string_view, 10> kSuffixes{"alpha", "beta", "pre", "rc", "",
                                                     "cvs",   "svn",  "git", "hg", "p"};
constexpr int kNoSuffix = 4;

Token suffix(std::string_view& rest) {
  Token token{Kind::kSuffix, take_while(rest, ascii::is_lower)};
  for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
    if (kSuffixes[i] == token.text && !token.text.empty()) {
      token.suffix = static_cast<int>(i) - kNoSuffix;
      return token;
    }
  }
  return {};
}

Token number(Kind before, std::string_view& rest) {
  switch (before) {
    case Kind::kFirstNumber:
    case Kind::kNumber:
    case Kind::kLetter: return {Kind::kNumber, take_digits(rest)};
    case Kind::kSuffix: return {Kind::kSuffixNumber, take_digits(rest)};
    default: return {};
  }
}

Token revision(std::string_view& rest) {
  if (!take(rest, "-r")) return {};
  const Token token{Kind::kRevision, take_digits(rest)};
  return token.text.empty() || !rest.empty() ? Token{} : token;
}

Token next(Kind before, std::string_view& rest) {
  if (rest.empty()) return {Kind::kEnd, {}};
  if (ascii::is_digit(rest.front())) return number(before, rest);
  if (before <= Kind::kNumber && ascii::is_lower(rest.front())) {
    const Token token{Kind::kLetter, rest.substr(0, 1)};
    rest.remove_prefix(1);
    return token;
  }
  switch (rest.front()) {
    case '.':
      if (before > Kind::kLetter) return {};
      rest.remove_prefix(1);
      return number(before, rest);
    case '_':
      if (before > Kind::kSuffixNumber) return {};
      rest.remove_prefix(1);
      return suffix(rest);
    case '~': {
      if (before >= Kind::kHash) return {};
      rest.remove_prefix(1);
      const Token token{Kind::kHash, take_while(rest, ascii::is_hex)};
      return token.text.empty() ? Token{} : token;
    }
    case '-': return before >= Kind::kRevision ? Token{} : revision(rest);
    default: return {};
  }
}

Token first(std::string_view& rest) {
  const Token token{Kind::kFirstNumber, take_digits(rest)};
  return token.text.empty() ? Token{} : token;
}

std::weak_ordering compare_value(const Token& a, const Token& b) {
  switch (a.kind) {
    case Kind::kNumber:
      // As a fraction where one starts with 0: 1.05 < 1.5.
      if (a.text.starts_with('0') || b.text.starts_with('0')) return compare_text(a.text, b.text);
      return compare_numbers(a.text, b.text);
    case Kind::kFirstNumber:
    case Kind::kSuffixNumber:
    case Kind::kRevision: return compare_numbers(a.text, b.text);
    case Kind::kSuffix: return a.suffix <=> b.suffix;
    default: return compare_text(a.text, b.text);
  }
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  Token left = first(a);
  Token right = first(b);
  while (left.kind == right.kind && left.kind < Kind::kEnd) {
    if (const auto order = compare_value(left, right); order != 0) return order;
    left = next(left.kind, a);
    right = next(right.kind, b);
  }
  if (left.kind == right.kind) return std::weak_ordering::equivalent;
  if (left.suffix < 0) return std::weak_ordering::less;
  if (right.suffix < 0) return std::weak_ordering::greater;
  return right.kind <=> left.kind;
}

bool is_valid(std::string_view version) {
  Token token = first(version);
  while (token.kind < Kind::kEnd) {
    const Kind before = token.kind;
    token = next(before, version);
    if (token.kind == Kind::kNumber && (before == Kind::kLetter || token.text.empty()))
      return false;
  }
  return token.kind == Kind::kEnd;
}

}  // namespace

const Order& apk() {
  static constexpr Order kOrder{
      .name = "apk",
      .ecosystems =
          "Alpine, Wolfi, Chainguard, MinimOS, Alpaquita, BellSoft Hardened Containers, "
          "CleanStart, postmarketOS, OpenWrt",
      .compare = compare,
      .is_valid = is_valid,
      .source =
          "https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
