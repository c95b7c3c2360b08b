#pragma once

#include <string>
#include <string_view>

namespace plimsoll::advisory {

/// A name as packages of this ecosystem are compared: PyPI's "Foo.Bar_baz" is "foo-bar-baz", NuGet
/// and Packagist know no case, Go modules and Swift packages have no scheme or ".git".
[[nodiscard]] std::string canonical_name(std::string_view ecosystem, std::string_view name);

/// The first part of what OSV calls an ecosystem: "Debian" of "Debian:12".
[[nodiscard]] std::string_view family_of(std::string_view ecosystem);

/// One spelling of what sources write differently: "Ubuntu:22.04" of "Ubuntu:22.04:LTS",
/// "Ubuntu:Pro:16.04" of "Ubuntu:Pro:16.04:LTS", "Packagist" of other indexes of it,
/// "Debian:6" of "Debian:6.0", "Red Hat:enterprise_linux:9" of "Red
/// Hat:enterprise_linux:9::appstream".
[[nodiscard]] std::string canonical_ecosystem(std::string_view ecosystem);

}  // namespace plimsoll::advisory
