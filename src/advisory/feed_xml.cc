#include "advisory/feed_xml.h"

#include "core/ascii.h"

namespace plimsoll::advisory::xml {
namespace {

constexpr auto kNone = std::string_view::npos;

/// From the first start tag on, comments passed over; "" where there is none.
std::string_view from_start_tag(std::string_view bytes) {
  constexpr std::string_view kComment = "<!--";
  constexpr std::string_view kCommentEnd = "-->";
  std::size_t at = bytes.find('<');
  while (at != kNone && at + 1 < bytes.size()) {
    if (bytes.substr(at).starts_with(kComment)) {
      at = bytes.find(kCommentEnd, at + kComment.size());
    } else if (ascii::is_alpha(bytes[at + 1]) || bytes[at + 1] == '_') {
      return bytes.substr(at);
    }
    if (at != kNone) at = bytes.find('<', at + 1);
  }
  return {};
}

/// "update" of "<update from=…".
std::string_view name_of_tag(std::string_view tag) {
  return tag.substr(1, tag.find_first_of(" \t\r\n/<>", 1) - 1);
}

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == kNone ? name : name.substr(colon + 1);
}

/// How long an element is whose start tag is the first; npos where it does not end.
std::size_t size_of_element(std::string_view bytes, std::string_view name) {
  const std::size_t start = bytes.find('>');
  if (start == kNone || bytes[start - 1] == '/') return start == kNone ? kNone : start + 1;
  const std::string end = "</" + std::string(name);
  for (std::size_t at = bytes.find(end, start); at != kNone; at = bytes.find(end, at + 1)) {
    const std::size_t close = bytes.find_first_not_of(" \t\r\n", at + end.size());
    if (close != kNone && bytes[close] == '>') return close + 1;
  }
  return kNone;
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> parse(std::string_view bytes) {
  auto document = std::make_unique<pugi::xml_document>();
  const auto parsed =
      document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default & ~pugi::parse_doctype);
  if (!parsed) return fail(ErrorCode::kInvalid, "no XML: " + ascii::lower(parsed.description()));
  return document;
}

std::string_view name(pugi::xml_node node) {
  return without_prefix(node.name());
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

std::string_view root_name(std::string_view head) {
  const std::string_view tag = from_start_tag(head);
  return tag.empty() ? tag : without_prefix(name_of_tag(tag));
}

Elements::Elements(std::string_view bytes, std::string_view wanted)
    : rest_(bytes), wanted_(wanted) {}

bool Elements::next() {
  while (!(rest_ = from_start_tag(rest_)).empty()) {
    if (name_of_tag(rest_) != wanted_) {
      rest_.remove_prefix(1);
      continue;
    }
    const std::size_t size = size_of_element(rest_, wanted_);
    is_cut_ = size == kNone;
    element_ = rest_.substr(0, is_cut_ ? 0 : size);
    rest_.remove_prefix(is_cut_ ? rest_.size() : size);
    return !is_cut_;
  }
  return false;
}

}  // namespace plimsoll::advisory::xml
