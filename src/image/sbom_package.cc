#include "image/sbom_package.h"

#include <utility>

#include "image/purl.h"

namespace plimsoll::image {
namespace {

/// A package URL writes the names of some ecosystems small, which the part itself need not.
bool is_name_of(const std::string& name, Package package, const PackageUrl& url) {
  package.name = name;
  const auto own = parse_purl(purl_of(package));
  return own && own->type == url.type && own->space == url.space && own->name == url.name &&
         own->subpath == url.subpath;
}

}  // namespace

std::optional<Package> package_of(SbomPart part) {
  const auto url = parse_purl(part.purl);
  if (!url && part.cpe.empty() && part.ecosystem.empty()) return std::nullopt;
  Package package = url ? package_of(*url) : Package{};
  if (url) {
    if (package.name != part.name && is_name_of(part.name, package, *url)) {
      package.name = std::move(part.name);
    }
    package.purl = std::move(part.purl);
  } else {
    package.name = std::move(part.name);
    package.ecosystem = part.ecosystem.empty() ? "generic" : std::move(part.ecosystem);
  }
  if (package.version.empty()) package.version = std::move(part.version);
  package.licenses = std::move(part.licenses);
  package.dev = part.dev;
  package.line = part.line;
  return package;
}

}  // namespace plimsoll::image
