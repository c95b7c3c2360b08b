#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::cli {

/// A new text for a file that was read before.
struct Rewrite {
  std::string path;
  std::string_view before;  ///< as it was read; ignored when it is new
  std::string_view after;
  bool is_new = false;    ///< must not be there
  std::string_view root;  ///< a link may not lead out of this folder
};

/// Why the file must not be written now: it changed since it was read, it is a link out of the
/// tree, it is not a plain file. Nothing is written.
[[nodiscard]] Result<void> check(const Rewrite& rewrite);

/// Writes through a temporary file beside it that is synced and renamed, with the mode and, where
/// we may, the owner of the old one. All of check() is asked again.
/// @param backup  keep the old text beside it
/// @return where the old text is kept; empty when it is not
[[nodiscard]] Result<std::string> write(const Rewrite& rewrite, bool backup);

}  // namespace plimsoll::cli
