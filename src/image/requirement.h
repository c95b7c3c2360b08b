#pragma once

#include <optional>
#include <string_view>

namespace plimsoll::image {

/// One Python requirement, as requirements.txt, pyproject.toml and setup.py write it.
struct Requirement {
  std::string_view name;     ///< as written
  std::string_view version;  ///< what its specifiers name, see named_version(); "" when none
};

/// "name[extra,…] >=1,<2 ; marker", "name @ address". What follows a blank after a version
/// (pip's --hash and other options) is left out. Nothing when it does not begin like that.
/// Source: PEP 508; https://packaging.python.org/specifications/dependency-specifiers/
[[nodiscard]] std::optional<Requirement> parse_requirement(std::string_view text);

/// The one version of "==1.0" or "===1.0", else the lowest that ">=1.0" or "~=1.0" takes, else the
/// highest that "<=1.0" takes, as other inventories have it; "" for "<", ">", "!=" and "==1.*",
/// which name none that must fit.
[[nodiscard]] std::string_view named_version(std::string_view specifiers);

}  // namespace plimsoll::image
