#include "secret/allowance.h"

#include <re2/re2.h>

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

bool any_found(const std::vector<Pattern>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const Pattern& pattern) { return is_found(pattern, text); });
}

std::string_view text_of(const Claim& claim, Allowance::Target target) {
  switch (target) {
    case Allowance::Target::kSecret: return claim.secret;
    case Allowance::Target::kMatch: return claim.match;
    case Allowance::Target::kLine: return claim.line;
  }
  return claim.secret;
}

bool has_word(const std::vector<std::string>& words, std::string_view secret) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return ascii::icontains(secret, word); });
}

bool concerns(const Allowance& allowance, std::string_view detector) {
  return allowance.only.empty() ||
         std::find(allowance.only.begin(), allowance.only.end(), detector) != allowance.only.end();
}

}  // namespace

bool is_found(const Pattern& pattern, std::string_view text) {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern);
}

bool allows(const Allowance& allowance, const Claim& claim) {
  if (!concerns(allowance, claim.detector)) return false;
  const bool path = any_found(allowance.paths, claim.path);
  const bool text = any_found(allowance.texts, text_of(claim, allowance.target));
  const bool word = has_word(allowance.words, claim.secret);
  if (!allowance.all) return path || text || word;
  if (allowance.paths.empty() && allowance.texts.empty() && allowance.words.empty()) return false;
  return (path || allowance.paths.empty()) && (text || allowance.texts.empty()) &&
         (word || allowance.words.empty());
}

bool any_allows(const std::vector<Allowance>& allowances, const Claim& claim) {
  return std::any_of(allowances.begin(), allowances.end(),
                     [&](const Allowance& allowance) { return allows(allowance, claim); });
}

bool allows_path(const std::vector<Allowance>& allowances, std::string_view path) {
  return std::any_of(allowances.begin(), allowances.end(), [&](const Allowance& allowance) {
    const bool only_paths = allowance.texts.empty() && allowance.words.empty();
    return allowance.only.empty() && (!allowance.all || only_paths) &&
           any_found(allowance.paths, path);
  });
}

std::string_view line_around(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t before = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
  const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t to = std::min(text.find('\n', end), text.size());
  return text.substr(from, to - from);
}

}  // namespace plimsoll::secret
