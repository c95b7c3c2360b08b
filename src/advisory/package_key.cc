#include "advisory/package_key.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

/// PEP 503: runs of "-", "_" and "." are one "-".
std::string python_name(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool is_separator = c == '-' || c == '_' || c == '.';
    if (!is_separator) {
      text += ascii::to_lower(c);
    } else if (!text.ends_with('-')) {
      text += '-';
    }
  }
  return text;
}

std::string swift_name(std::string_view name) {
  const std::size_t scheme = name.find("://");
  if (scheme != std::string_view::npos) name.remove_prefix(scheme + 3);
  if (name.ends_with(".git")) name.remove_suffix(4);
  return ascii::lower(name);
}

}  // namespace

std::string_view family_of(std::string_view ecosystem) {
  return ecosystem.substr(0, ecosystem.find(':'));
}

std::string canonical_name(std::string_view ecosystem, std::string_view name) {
  const std::string_view family = family_of(ecosystem);
  if (family == "PyPI") return python_name(name);
  if (family == "SwiftURL") return swift_name(name);
  constexpr std::string_view kWithoutCase[] = {"NuGet", "Packagist", "GitHub Actions", "Bitnami",
                                               "CPE"};
  const bool has_case =
      std::find(std::begin(kWithoutCase), std::end(kWithoutCase), family) == std::end(kWithoutCase);
  return has_case ? std::string(name) : ascii::lower(name);
}

std::string canonical_ecosystem(std::string_view ecosystem) {
  const std::string_view family = family_of(ecosystem);
  if (family == "Packagist" || family == "PyPI" || family == "npm") return std::string(family);
  if (family == "Ubuntu" && ecosystem.ends_with(":LTS")) {
    return std::string(ecosystem.substr(0, ecosystem.size() - 4));
  }
  // Releases before 10 are also written "9.0"; 3.0 and 3.1 were two.
  if (family == "Debian" && ecosystem.ends_with(".0") && ecosystem != "Debian:3.0") {
    return std::string(ecosystem.substr(0, ecosystem.size() - 2));
  }
  if (family == "Red Hat") {
    return std::string(ecosystem.substr(0, std::min(ecosystem.find("::"), ecosystem.size())));
  }
  return std::string(ecosystem);
}

}  // namespace plimsoll::advisory
