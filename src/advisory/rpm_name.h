#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::advisory {

/// An RPM as feeds name it.
struct RpmName {
  std::string name;
  std::string evr;  ///< "0:1.2-3.el9", always with an epoch; "" where nothing names a version
  std::string architecture;  ///< "src" for source packages; "" where nothing names it
  std::string module;        ///< "ruby:2.7"; "" outside of modules
};

/// Of "pkg:rpm/redhat/ruby@2.7.8-1.el8?arch=src&epoch=1&rpmmod=ruby:2.7:8080:63b3". Nothing for a
/// package URL of another kind. Source: https://github.com/package-url/purl-spec
[[nodiscard]] std::optional<RpmName> rpm_of_purl(std::string_view purl);

/// Of "bind-libs-32:9.11-3.el8.x86_64", with or without ".rpm"; nothing for other text.
[[nodiscard]] std::optional<RpmName> rpm_of_file_name(std::string_view text);

/// "name:stream" of "pkg:rpmmod/redhat/ruby@2.7:8080:63b3" or of "ruby:2.7:8080:63b3" after a name;
/// "" of anything else.
[[nodiscard]] std::string module_of_purl(std::string_view purl);

/// "0:1.2-3" of epoch "", version "1.2" and release "3".
[[nodiscard]] std::string evr_of(std::string_view epoch, std::string_view version,
                                 std::string_view release);

}  // namespace plimsoll::advisory
