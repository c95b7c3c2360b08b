#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
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

/// The name of a document's outermost element without the prefix of its namespace, also where only
/// the first bytes of it are there; "" without.
[[nodiscard]] std::string_view root_name(std::string_view head);

/// Cuts the elements of one name out of a long document, which do not hold others of that name:
/// each is parsed by itself, so that hundreds of megabytes are never a tree at once.
class Elements {
 public:
  /// @param bytes   outlives this
  /// @param wanted  without a prefix, as in the document
  Elements(std::string_view bytes, std::string_view wanted);
  /// False where there is no further one with its end.
  [[nodiscard]] bool next();
  /// With its tags.
  [[nodiscard]] std::string_view element() const { return element_; }
  /// The document ended inside of one.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

 private:
  std::string_view rest_;
  std::string wanted_;
  std::string_view element_;
  bool is_cut_ = false;
};

}  // namespace plimsoll::advisory::xml
