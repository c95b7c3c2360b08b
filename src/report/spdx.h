#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/sbom.h"

/// What SPDX 2.3's encodings have in common. Source: https://spdx.github.io/spdx-spec/v2.3/
namespace plimsoll::report::spdx {

struct SpdxPackage {
  std::string id;  ///< "SPDXRef-libc6-0123456789abcdef"
  std::string name;
  std::string version;  ///< "" when nothing says it
  std::string purl;     ///< "" for the image and its distribution
  std::string purpose;  ///< "LIBRARY", "CONTAINER", "OPERATING-SYSTEM"
  std::string summary;
  std::string source_info;
  std::string declared = "NOASSERTION";  ///< licence expression
  SbomDigest digest;                     ///< views into the document
  bool dev = false;
};

struct SpdxDocument {
  std::string name;
  std::string space;  ///< a URI of it alone
  std::string made;
  std::string tool;     ///< "plimsoll-0.1.0"
  std::string comment;  ///< "" when everything was read
  bool has_image = false;
  std::vector<SpdxPackage> packages;  ///< the image first, then its distribution
  /// Texts of the licences that SPDX's list does not have, by their ids.
  std::map<std::string, std::string> own_licenses;
};

/// @param document  must outlive what is returned
[[nodiscard]] SpdxDocument document_of(const Document& document);

/// Of this document alone.
[[nodiscard]] std::string space_of(const Sbom& sbom);
/// SPDX wants a time; where nothing says one, it is the first second of 1970.
[[nodiscard]] std::string time_of(const Sbom& sbom);

inline constexpr std::string_view kIncomplete = "some packages could not be read";

}  // namespace plimsoll::report::spdx
