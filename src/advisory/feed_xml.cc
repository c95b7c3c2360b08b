#include "advisory/feed_xml.h"

#include "core/ascii.h"

namespace plimsoll::advisory::xml {

Result<std::unique_ptr<pugi::xml_document>> parse(std::string_view bytes) {
  auto document = std::make_unique<pugi::xml_document>();
  const auto parsed =
      document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default & ~pugi::parse_doctype);
  if (!parsed) return fail(ErrorCode::kInvalid, "no XML: " + ascii::lower(parsed.description()));
  return document;
}

std::string_view name(pugi::xml_node node) {
  const std::string_view whole = node.name();
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view wanted) {
  for (const pugi::xml_node each : parent.children()) {
    if (each.type() == pugi::node_element && name(each) == wanted) return each;
  }
  return {};
}

std::string_view text(pugi::xml_node node) {
  return ascii::trim(node.text().get());
}

std::string_view attribute(pugi::xml_node node, const char* wanted) {
  return ascii::trim(node.attribute(wanted).value());
}

}  // namespace plimsoll::advisory::xml
