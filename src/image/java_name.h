#pragma once

#include <map>
#include <string>
#include <string_view>

namespace plimsoll::image {

/// What a Java archive is called, as far as it is known.
struct JavaName {
  std::string group;
  std::string artifact;
  std::string version;
  [[nodiscard]] bool is_whole() const {
    return !group.empty() && !artifact.empty() && !version.empty();
  }
};

/// The main section of META-INF/MANIFEST.MF, continued lines joined. The first of a key counts.
/// Source: https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html
using JavaManifest = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] JavaManifest parse_java_manifest(std::string_view text);

/// META-INF/maven/…/pom.properties; empty where a value still is a "${…}".
[[nodiscard]] JavaName parse_pom_properties(std::string_view text);

/// "artifact-1.2.3.jar". No version without a "-" before a digit.
[[nodiscard]] JavaName java_name_of_file(std::string_view path);

/// The best guess from the manifest, the file's name, and the package that all classes are below
/// ("org.apache.lucene"; "" for none). Its version is empty when neither of the first two tells.
[[nodiscard]] JavaName guess_java_name(const JavaManifest& manifest, std::string_view path,
                                       std::string_view package = {});

}  // namespace plimsoll::image
