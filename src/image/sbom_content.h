#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"
#include "core/result.h"
#include "image/sbom_package.h"

namespace plimsoll::image {

/// A bill of materials, read whole.
struct SbomContent {
  SbomSubject subject;
  std::vector<Package> packages;
  std::vector<Error> problems;  ///< why something may be missing
};

/// How much of a file tells whether it is one.
inline constexpr std::size_t kSbomHeadBytes = 64U << 10U;
/// @param head  the first kSbomHeadBytes of it
[[nodiscard]] bool is_sbom(std::string_view head);

/// CycloneDX as JSON or XML; SPDX 2 as JSON, YAML or lines; SPDX 3 as JSON-LD.
/// @error kInvalid  none of them
[[nodiscard]] Result<SbomContent> read_sbom(std::string path, std::string bytes);

}  // namespace plimsoll::image
