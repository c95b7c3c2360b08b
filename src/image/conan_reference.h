#pragma once

#include <optional>
#include <string_view>

namespace plimsoll::image {

/// "name/version@user/channel#revision%time:package_id" of Conan.
/// Source: https://docs.conan.io/2/reference/conanfile_txt.html
struct ConanReference {
  std::string_view name;
  std::string_view version;  ///< "" for a range
};
/// Nothing without a name or version.
[[nodiscard]] inline std::optional<ConanReference> parse_conan_reference(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  const std::string_view name = text.substr(0, slash);
  std::string_view version = text.substr(slash + 1);
  const bool is_range = version.starts_with('[');
  version = version.substr(0, version.find_first_of("@#%: \t"));
  if (version.empty() || name.find_first_of("@#%: \t") != std::string_view::npos) {
    return std::nullopt;
  }
  return ConanReference{name, is_range ? std::string_view{} : version};
}

}  // namespace plimsoll::image
