#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string_view>

#include "core/result.h"

/// Feeds in XML. A document type is passed over, so nothing is ever fetched and no entity grows.
namespace plimsoll::advisory::xml {

/// @error kInvalid  no XML
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> parse(std::string_view bytes);

/// Its name without the prefix of its namespace.
[[nodiscard]] std::string_view name(pugi::xml_node node);
/// The first element of this name; an empty node without.
[[nodiscard]] pugi::xml_node child(pugi::xml_node parent, std::string_view wanted);
/// What an element holds, without blanks around.
[[nodiscard]] std::string_view text(pugi::xml_node node);
[[nodiscard]] std::string_view attribute(pugi::xml_node node, const char* wanted);

}  // namespace plimsoll::advisory::xml
