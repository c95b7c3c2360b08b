#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/glob.h"

namespace plimsoll::config {

/// A glob of paths below some folder. One that names a folder holds for all below it, so that
/// `vendor`, `vendor/` and `vendor/**` say the same.
class PathPattern {
 public:
  /// Nullopt for what is empty, too long, no glob, or reaches out of the folder (`/etc`, `../x`).
  [[nodiscard]] static std::optional<PathPattern> compile(std::string_view text);

  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  PathPattern(std::string text, Glob self, Glob below)
      : text_(std::move(text)), self_(std::move(self)), below_(std::move(below)) {}

  std::string text_;  ///< as written
  Glob self_;
  Glob below_;
};

}  // namespace plimsoll::config
