#pragma once

#include <cstdint>
#include <memory>
#include <pugixml.hpp>
#include <string_view>

#include "core/result.h"
#include "image/package_file.h"

/// XML files that list packages. A document type is passed over, so nothing is ever fetched and no
/// entity grows.
namespace plimsoll::image::xml {

/// @error kInvalid  no XML    @error kLimit  nested too deep    @error kTooLarge
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> parse(const PackageFile& file);
/// The same, of a file inside of an archive.
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> parse(std::string_view bytes);

/// Its name without the prefix of its namespace.
[[nodiscard]] std::string_view name(pugi::xml_node node);
[[nodiscard]] inline bool is_element(pugi::xml_node node, std::string_view wanted) {
  return node.type() == pugi::node_element && name(node) == wanted;
}
/// The first element of this name; an empty node without.
[[nodiscard]] pugi::xml_node child(pugi::xml_node parent, std::string_view wanted);
/// What that element holds, without blanks around; "" without.
[[nodiscard]] std::string_view child_text(pugi::xml_node parent, std::string_view wanted);
[[nodiscard]] std::string_view text(pugi::xml_node node);
[[nodiscard]] std::string_view attribute(pugi::xml_node node, const char* wanted);

/// 1-based; 0 in a file whose encoding had to be changed.
[[nodiscard]] std::uint32_t line_of(const PackageFile& file, pugi::xml_node node);

}  // namespace plimsoll::image::xml
