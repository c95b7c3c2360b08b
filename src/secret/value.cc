#include "secret/value.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

/// Values that documentation, SDKs and test suites publish, by digest: Firebase's sample projects,
/// DocSearch's demonstration key.
constexpr std::uint64_t kKnownExamples[] = {
    0xc800bf2100a21c67, 0x6acbd824bd32bbd4, 0x29a336c7244f48dd, 0x08b545962adc7d8b,
    0xe7666dbb286c6c2e, 0x99b2726346a1e92a, 0x12113c2e6979f447, 0x828818f833257868,
    0x6835e0f288832a40, 0x816cd10fdb11ead0, 0xadbd04e3fe1b6d49, 0xdb9422f1dd332dcc,
    0x515cb771a4238032, 0xe754678ea2b14ef1, 0xc73f1e61952e6987, 0x294c63f8344d5df1,
    0xd8e13cded25333c6,
};

/// Words that stand where a value would.
constexpr std::string_view kStandIns[] = {
    "example", "placeholder", "changeme",  "change_me",  "change-me", "redacted",   "your_",
    "your-",   "yourapi",     "yourkey",   "yoursecret", "yourtoken", "yourpass",   "insert_",
    "insert-", "replace_me",  "replaceme", "tokenhere",  "keyhere",   "stringhere", "secrethere",
};

bool is_filler(char c) {
  return c == 'x' || c == 'X' || c == '*' || c == '.' || c == '_' || c == '-' || c == '0';
}

/// "xxxxxx" or "******" anywhere.
bool has_filler_run(std::string_view value) {
  std::size_t run = 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    run = value[i] == value[i - 1] ? run + 1 : 1;
    const bool filler = is_filler(value[i]);
    if (run >= 6 && filler && value[i] != '_' && value[i] != '-') return true;
  }
  return false;
}

bool is_reference(std::string_view value) {
  for (const std::string_view opening : {"${", "$(", "{{", "%(", "#{", "<%", "@{"}) {
    if (value.find(opening) != std::string_view::npos) return true;
  }
  if (value.size() > 1 && value.front() == '<' && value.find('>') != std::string_view::npos) {
    return true;
  }
  if (value.size() > 2 && value.front() == '%' && value.back() == '%') return true;
  return value.size() > 1 && value.front() == '$' &&
         std::all_of(value.begin() + 1, value.end(), ascii::is_name);
}

}  // namespace

double entropy(std::string_view value) {
  if (value.empty()) return 0;
  std::array<std::uint32_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  const auto size = static_cast<double>(value.size());
  for (const std::uint32_t count : counts) {
    if (count == 0) continue;
    const double share = count / size;
    bits -= share * std::log2(share);
  }
  return bits;
}

bool is_placeholder(std::string_view value) {
  if (value.empty() || is_reference(value) || has_filler_run(value)) return true;
  const std::string lower = ascii::lower(value.substr(0, 512));
  return std::any_of(std::begin(kStandIns), std::end(kStandIns),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_sequence(std::string_view value) {
  constexpr std::size_t kRun = 14;
  std::size_t run = 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    const char before = ascii::to_lower(value[i - 1]);
    const char now = ascii::to_lower(value[i]);
    const bool follows = now == before + 1 || (before == '9' && (now == 'a' || now == '0'));
    run = follows ? run + 1 : 1;
    if (run >= kRun) return true;
  }
  return false;
}

std::uint64_t digest_of(std::string_view value) {
  std::uint64_t digest = 0xcbf29ce484222325U;
  for (const char c : value) {
    digest ^= static_cast<unsigned char>(c);
    digest *= 0x100000001b3U;
  }
  return digest;
}

bool is_known_example(std::string_view value) {
  const std::uint64_t digest = digest_of(value);
  return std::find(std::begin(kKnownExamples), std::end(kKnownExamples), digest) !=
         std::end(kKnownExamples);
}

std::string shown(std::string_view value) {
  constexpr std::size_t kLong = 16;
  constexpr std::size_t kShown = 4;
  std::string text;
  if (value.size() >= kLong) {
    for (const char c : value.substr(0, kShown)) text += c > ' ' && c < '\x7f' ? c : '?';
  }
  return text + "…";
}

}  // namespace plimsoll::secret
