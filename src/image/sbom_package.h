#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"
#include "image/os_release.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// What a bill of materials says of one part, in whichever format.
struct SbomPart {
  std::string name;
  std::string version;
  std::string purl;
  std::string cpe;
  std::string ecosystem;  ///< as this program wrote it down, of what has no package URL
  std::vector<std::string> licenses;
  bool dev = false;
  std::uint32_t line = 0;
};

/// What a bill of materials says that it is about.
struct SbomSubject {
  std::string name;    ///< of the image; "" when it does not say
  std::string digest;  ///< "sha256:…"; "" when it does not say
  OsRelease release;
};

/// The package that it is: by its package URL, else by its own name. Nothing when it has neither a
/// package URL nor a CPE nor an ecosystem: then it is a folder, an application that holds packages,
/// …, which nothing is known of elsewhere.
[[nodiscard]] std::optional<Package> package_of(SbomPart part);

/// A CPE's vendor and product say nothing that the name does not: "cpe:2.3:a:…" or "cpe:/a:…".
[[nodiscard]] inline bool is_cpe(std::string_view text) {
  return text.starts_with("cpe:");
}

[[nodiscard]] inline bool is_digest(std::string_view text) {
  return text.starts_with("sha256:") || text.starts_with("sha512:");
}

/// What the readers of these kinds read, and what the document is about.
/// @error kInvalid  another format
[[nodiscard]] Result<void> read_cyclonedx(PackageFile& file, PackageList& list,
                                          SbomSubject& subject);
[[nodiscard]] Result<void> read_spdx(PackageFile& file, PackageList& list, SbomSubject& subject);

}  // namespace plimsoll::image
