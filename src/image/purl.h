#pragma once

#include <string>

#include "core/package.h"
#include "core/package_url.h"
#include "image/os_release.h"

namespace plimsoll::image {

/// The package URL of a package: "pkg:npm/%40scope/name@1.0.0". Its own where the file that names
/// it says one, "" for an ecosystem without a type. Source:
/// https://github.com/package-url/purl-spec, PURL-TYPES.
/// @param release  of the image: packages of a distribution say which, "distro=debian-12"
[[nodiscard]] std::string purl_of(const Package& package, const OsRelease& release = {});

/// What it names, as the reader of such packages would have it: name, version, ecosystem,
/// architecture and source. A type that no ecosystem has is the ecosystem: "generic".
[[nodiscard]] Package package_of(const PackageUrl& url);

}  // namespace plimsoll::image
