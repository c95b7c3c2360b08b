#include "image/sbom_package.h"

#include <utility>

#include "image/purl.h"

namespace plimsoll::image {

std::optional<Package> package_of(SbomPart part) {
  const auto url = parse_purl(part.purl);
  if (!url && part.cpe.empty() && part.ecosystem.empty()) return std::nullopt;
  Package package = url ? package_of(*url) : Package{};
  if (url) {
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
