#include <algorithm>
#include <array>
#include <string>

#include "core/ascii.h"
#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {
namespace {

constexpr std::array<std::string_view, 2> kStems = {"dockerfile", "containerfile"};

/// What follows "Dockerfile." in names that are about a Dockerfile, or become one.
constexpr std::array<std::string_view, 16> kOtherKinds = {
    "dockerignore", "containerignore", "md",   "rst", "html", "j2",
    "jinja",        "jinja2",          "tmpl", "tpl", "erb",  "gotmpl",
    "in",           "template",        "bak",  "swp"};

/// Source code is named in lower case (dockerfile.go parses them); "Dockerfile.go" with a capital
/// is how people name the variant for a language.
constexpr std::array<std::string_view, 14> kLanguages = {
    "go", "py", "ts", "js", "rb", "rs", "java", "json", "yaml", "yml", "sh", "c", "h", "kt"};

bool holds(const auto& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// "Dockerfile", "Dockerfile.prod", "Dockerfile-dev", "Dockerfile_ci".
bool starts_as(std::string_view written, std::string_view lower, std::string_view stem) {
  if (!lower.starts_with(stem)) return false;
  if (lower.size() == stem.size()) return true;
  const char separator = lower[stem.size()];
  if (separator != '.' && separator != '-' && separator != '_') return false;
  const std::string_view kind = lower.substr(lower.rfind('.') + 1);
  if (lower.find('.') == std::string_view::npos) return true;
  if (kind.empty() || kind.back() == '~' || holds(kOtherKinds, kind)) return false;
  return ascii::is_upper(written.front()) || !holds(kLanguages, kind);
}

/// "api.Dockerfile".
bool ends_as(std::string_view lower, std::string_view stem) {
  return lower.size() > stem.size() + 1 && lower.ends_with(stem) &&
         lower[lower.size() - stem.size() - 1] == '.';
}

}  // namespace

bool is_dockerfile_name(std::string_view file_name) {
  const std::string lower = ascii::lower(file_name);
  return std::any_of(kStems.begin(), kStems.end(), [&](std::string_view stem) {
    return starts_as(file_name, lower, stem) || ends_as(lower, stem);
  });
}

}  // namespace plimsoll::dockerfile
