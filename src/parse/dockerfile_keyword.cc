#include "parse/dockerfile_keyword.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"

namespace plimsoll::dockerfile {
namespace {

// In the order of Keyword, without kUnknown.
constexpr std::array<std::string_view, 18> kNames = {
    "ADD",    "ARG",   "CMD",         "COPY",  "ENTRYPOINT", "ENV",
    "EXPOSE", "FROM",  "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",
    "RUN",    "SHELL", "STOPSIGNAL",  "USER",  "VOLUME",     "WORKDIR",
};
constexpr std::size_t kLongest = 11;     // HEALTHCHECK
constexpr std::size_t kMaxDistance = 2;  // what BuildKit still suggests

/// Levenshtein distance, case ignored. `a` is no longer than kLongest + kMaxDistance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kLongest + kMaxDistance + 1> row{};
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = row[0];
    row[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t replace = diagonal + (ascii::to_upper(a[i - 1]) == b[j - 1] ? 0U : 1U);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, replace});
    }
  }
  return row[a.size()];
}

}  // namespace

std::string_view to_string(Keyword keyword) {
  return keyword == Keyword::kUnknown ? std::string_view()
                                      : kNames[static_cast<std::size_t>(keyword) - 1];
}

Keyword parse_keyword(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (ascii::iequals(kNames[i], text)) return static_cast<Keyword>(i + 1);
  }
  return Keyword::kUnknown;
}

std::string_view nearest_keyword(std::string_view text) {
  if (text.size() > kLongest + kMaxDistance) return {};
  std::string_view nearest;
  std::size_t least = kMaxDistance + 1;
  for (const std::string_view name : kNames) {
    const std::size_t d = distance(text, name);
    if (d >= least) continue;
    least = d;
    nearest = name;
  }
  return nearest;
}

}  // namespace plimsoll::dockerfile
