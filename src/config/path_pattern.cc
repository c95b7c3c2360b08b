#include "config/path_pattern.h"

#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::config {
namespace {

bool leaves_folder(std::string_view pattern) {
  if (pattern.starts_with('/')) return true;
  for (const std::string_view part : ascii::split(pattern, '/')) {
    if (part == "..") return true;
  }
  return false;
}

}  // namespace

std::optional<PathPattern> PathPattern::compile(std::string_view text) {
  if (text.empty() || text.size() > limits::kPathPatternBytes || leaves_folder(text)) {
    return std::nullopt;
  }
  const std::string pattern = path::normalize(text);
  if (pattern == ".") {
    auto all = Glob::compile("**", GlobSyntax::kPath);
    return PathPattern(std::string(text), *all, *all);
  }
  auto self = Glob::compile(pattern, GlobSyntax::kPath);
  auto below = Glob::compile(pattern + "/**", GlobSyntax::kPath);
  if (!self || !below) return std::nullopt;
  return PathPattern(std::string(text), *std::move(self), *std::move(below));
}

bool PathPattern::matches(std::string_view path) const {
  return self_.matches(path) || below_.matches(path);
}

}  // namespace plimsoll::config
