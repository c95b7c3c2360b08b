#pragma once

#include <string_view>

#include "core/ascii.h"

namespace plimsoll::check {

/// `written` without one pair of quotes around it. For paths: backslashes stay what they are.
[[nodiscard]] constexpr std::string_view without_quotes(std::string_view written) {
  if (written.size() < 2 || written.front() != written.back()) return written;
  if (written.front() != '"' && written.front() != '\'') return written;
  return written.substr(1, written.size() - 2);
}

/// The path certainly is relative: it starts neither with '/' nor with a drive ("C:\", "c:/"), and
/// not with a variable, which may hold either. `written` as in the file, maybe in quotes.
[[nodiscard]] constexpr bool is_relative_path(std::string_view written) {
  const std::string_view path = without_quotes(written);
  if (path.empty() || path[0] == '/' || path[0] == '\\' || path[0] == '$') return false;
  return path.size() < 2 || path[1] != ':' || !ascii::is_alpha(path[0]);
}

}  // namespace plimsoll::check
