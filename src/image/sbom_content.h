#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_stream.h"
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
/// @param path  for messages
/// @error kInvalid  none of them
[[nodiscard]] Result<SbomContent> read_sbom(std::string path, std::string bytes);
/// The same of a file that may be compressed.
/// @error kTooLarge, and those of reading it
[[nodiscard]] Result<SbomContent> read_sbom(const std::string& path,
                                            std::unique_ptr<archive::ByteStream> file);

/// What came of reading one, to be sent: either a failure or the content.
struct SbomReading {
  std::vector<Error> failure;  ///< at most one
  SbomContent content;
};

}  // namespace plimsoll::image
