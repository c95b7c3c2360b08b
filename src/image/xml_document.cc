#include "image/xml_document.h"

#include "core/ascii.h"

namespace plimsoll::image::xml {
namespace {

constexpr std::size_t kMostBytes = 32U << 20U;  // a node takes sixteen times its text
constexpr std::size_t kMostDepth = 256;

bool is_deeper_than(pugi::xml_node root, std::size_t most) {
  std::size_t depth = 0;
  pugi::xml_node at = root;
  while (at) {
    if (at.first_child()) {
      if (++depth > most) return true;
      at = at.first_child();
      continue;
    }
    while (at != root && !at.next_sibling()) {
      at = at.parent();
      --depth;
    }
    at = at == root ? pugi::xml_node() : at.next_sibling();
  }
  return false;
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> parse(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return fail(ErrorCode::kTooLarge, "more XML than is read");
  auto document = std::make_unique<pugi::xml_document>();
  const auto parsed =
      document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default & ~pugi::parse_doctype);
  if (!parsed) return fail(ErrorCode::kInvalid, "no XML: " + ascii::lower(parsed.description()));
  if (is_deeper_than(*document, kMostDepth)) {
    return fail(ErrorCode::kLimit, "XML nested deeper than is read");
  }
  return document;
}

Result<std::unique_ptr<pugi::xml_document>> parse(const PackageFile& file) {
  auto document = parse(file.bytes());
  if (!document) document.error().path = file.path();
  return document;
}

std::string_view name(pugi::xml_node node) {
  const std::string_view whole = node.name();
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view wanted) {
  for (const pugi::xml_node each : parent.children()) {
    if (is_element(each, wanted)) return each;
  }
  return {};
}

std::string_view child_text(pugi::xml_node parent, std::string_view wanted) {
  return text(child(parent, wanted));
}

std::string_view text(pugi::xml_node node) {
  return ascii::trim(node.text().get());
}

std::string_view attribute(pugi::xml_node node, const char* wanted) {
  return ascii::trim(node.attribute(wanted).value());
}

std::uint32_t line_of(const PackageFile& file, pugi::xml_node node) {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return 0;
  const auto at = static_cast<std::size_t>(offset);
  const bool is_there =
      at < file.bytes().size() && file.bytes().substr(at).starts_with(node.name());
  return is_there ? file.line_of(static_cast<std::uint32_t>(at)) : 0;
}

}  // namespace plimsoll::image::xml
