#include <algorithm>
#include <pugixml.hpp>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr int kMostDepth = 256;

class DepthLimit : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node&) override { return depth() < kMostDepth; }
};

/// The releases stand newest first.
Result<void> read(PackageFile& file, PackageList& list) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      file.bytes().data(), file.bytes().size(), pugi::parse_default & ~pugi::parse_doctype);
  if (!parsed) {
    Error error{.message = std::string("no XML: ") + ascii::lower(parsed.description()),
                .path = file.path()};
    error.position = file.source().position(static_cast<std::uint32_t>(parsed.offset));
    error.has_position = true;
    return tl::unexpected(std::move(error));
  }
  DepthLimit depth;
  if (!document.traverse(depth)) {
    return fail(ErrorCode::kLimit, "elements too deep in each other", file.path());
  }
  const pugi::xml_node component = document.child("component");
  const pugi::xml_node id = component.child("id");
  const std::string_view name = ascii::trim(id.text().get());
  if (name.empty()) {
    return fail(ErrorCode::kInvalid, "no description of an application: no 'id' in it",
                file.path());
  }
  const std::string_view version =
      component.child("releases").child("release").attribute("version").value();
  const auto offset = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(id.offset_debug(), 0));
  Package& package = list.add(name, ascii::trim(version), file.line_of(offset));
  const std::string_view license = ascii::trim(component.child("project_license").text().get());
  if (!license.empty()) package.licenses = {std::string(license)};
  return {};
}

}  // namespace

const PackageReader& flatpak() {
  static constexpr PackageReader kReader{
      .kind = "flatpak",
      .ecosystem = "flatpak",
      .files = "**/flatpak/app/**/export/share/metainfo/*metainfo.xml",
      .read = read,
      .source = "https://www.freedesktop.org/software/appstream/docs/chap-Metadata.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
