#include "core/spdx_license.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/bug.h"
#include "embedded/spdx_exceptions.h"
#include "embedded/spdx_licenses.h"

namespace plimsoll {
namespace {

bool less_ignoring_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return ascii::to_lower(x) < ascii::to_lower(y);
  });
}

/// The rows of a table of names.
class Names {
 public:
  explicit Names(std::string_view table) {
    rows_.reserve(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')));
    while (!table.empty()) {
      const std::size_t end = table.find('\n');
      const std::string_view line = table.substr(0, end);
      table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
      if (!line.starts_with('#') && line != kHeader) rows_.push_back(line);
    }
    if (!std::is_sorted(rows_.begin(), rows_.end(), less_ignoring_case)) {
      PL_BUG("a table of SPDX names is not sorted");
    }
  }

  /// As the table spells it; "" when it has none of this name.
  [[nodiscard]] std::string_view find(std::string_view name) const {
    const auto row = std::lower_bound(rows_.begin(), rows_.end(), name, less_ignoring_case);
    return row != rows_.end() && ascii::iequals(*row, name) ? *row : std::string_view();
  }

 private:
  static constexpr std::string_view kHeader = "id";
  std::vector<std::string_view> rows_;
};

const Names& licenses() {
  static const Names names(embedded::spdx_licenses);
  return names;
}

const Names& exceptions() {
  static const Names names(embedded::spdx_exceptions);
  return names;
}

bool is_own_reference(std::string_view word) {
  if (word.starts_with("DocumentRef-")) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return false;
    word.remove_prefix(colon + 1);
  }
  constexpr std::string_view kPrefix = "LicenseRef-";
  if (!word.starts_with(kPrefix) || word.size() == kPrefix.size()) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.'; });
}

/// As the list spells it; "" when it is no license.
std::string license(std::string_view word) {
  if (is_own_reference(word)) return std::string(word);
  if (const std::string_view listed = licenses().find(word); !listed.empty()) {
    return std::string(listed);
  }
  if (!word.ends_with('+')) return {};
  const std::string_view older = licenses().find(word.substr(0, word.size() - 1));
  return older.empty() ? std::string() : std::string(older) + '+';
}

std::string_view next_token(std::string_view& rest) {
  rest = ascii::trim(rest);
  std::size_t end = 0;
  if (rest.starts_with('(') || rest.starts_with(')')) {
    end = 1;
  } else {
    while (end < rest.size() && !ascii::is_space(rest[end]) && rest[end] != '(' &&
           rest[end] != ')') {
      ++end;
    }
  }
  const std::string_view token = rest.substr(0, end);
  rest.remove_prefix(end);
  return token;
}

}  // namespace

std::string_view spdx_license_id(std::string_view text) {
  return licenses().find(text);
}

std::string spdx_expression(std::string_view text) {
  // Precedence does not matter for whether it is one, so a counter of open brackets will do.
  std::size_t open = 0;
  enum class After { kOperator, kLicense, kBracket, kException } after = After::kOperator;
  std::string normal;
  const auto append = [&normal](std::string_view word) {
    if (!normal.empty() && !normal.ends_with('(') && word != ")") normal += ' ';
    normal += word;
  };
  for (std::string_view rest = text;;) {
    const std::string_view token = next_token(rest);
    if (token.empty()) return after != After::kOperator && open == 0 ? normal : std::string();
    if (after == After::kOperator) {
      if (token == "(") {
        ++open;
        append(token);
        continue;
      }
      const std::string name = license(token);
      if (name.empty()) return {};
      append(name);
      after = After::kLicense;
    } else if (token == ")") {
      if (open == 0) return {};
      --open;
      append(token);
      after = After::kBracket;
    } else if (ascii::iequals(token, "and") || ascii::iequals(token, "or")) {
      append(ascii::iequals(token, "and") ? "AND" : "OR");
      after = After::kOperator;
    } else if (ascii::iequals(token, "with") && after == After::kLicense) {
      const std::string_view exception = exceptions().find(next_token(rest));
      if (exception.empty()) return {};
      append("WITH");
      append(exception);
      after = After::kException;
    } else {
      return {};
    }
  }
}

}  // namespace plimsoll
