#pragma once

#include <optional>
#include <string_view>

namespace plimsoll::image {

/// The versions that the specifiers of a requirement name.
struct NamedVersions {
  std::string_view pinned;  ///< "==1.0" or "===1.0": no other fits. "" for "==1.*"
  /// The lowest that ">=1.0" or "~=1.0" takes, else the highest that "<=1.0" takes; "" when only
  /// "<", ">" and "!=" bound it.
  std::string_view bound;

  /// The best guess at what is meant.
  [[nodiscard]] std::string_view likely() const { return pinned.empty() ? bound : pinned; }
};
[[nodiscard]] NamedVersions named_versions(std::string_view specifiers);

/// One Python requirement, as requirements.txt, pyproject.toml and setup.py write it.
struct Requirement {
  std::string_view name;  ///< as written
  NamedVersions versions;
};

/// "name[extra,…] >=1,<2 ; marker", "name @ address". What follows a blank after a version
/// (pip's --hash and other options) is left out. Nothing when it does not begin like that.
/// Source: PEP 508; https://packaging.python.org/specifications/dependency-specifiers/
[[nodiscard]] std::optional<Requirement> parse_requirement(std::string_view text);

}  // namespace plimsoll::image
