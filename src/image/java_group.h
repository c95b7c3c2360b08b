#pragma once

#include <string>
#include <string_view>

namespace plimsoll::image {

/// The group of an artifact that everybody knows and whose archives do not say it: "spring-beans"
/// is of org.springframework. "" for any other.
[[nodiscard]] std::string_view known_java_group(std::string_view artifact,
                                                std::string_view version);

/// What the package of all its classes tells: "lucene-core" with classes below org.apache.lucene is
/// of that group. "" where the two have no word in common.
[[nodiscard]] std::string java_group_of_package(std::string_view package,
                                                std::string_view artifact);

}  // namespace plimsoll::image
