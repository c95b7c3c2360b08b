#pragma once

#include <string>

#include "core/package.h"

namespace plimsoll::image {

/// The package URL of a package: "pkg:npm/%40scope/name@1.0.0". "" for an ecosystem without a type.
/// Source: https://github.com/package-url/purl-spec, PURL-TYPES.
[[nodiscard]] std::string purl_of(const Package& package);

}  // namespace plimsoll::image
