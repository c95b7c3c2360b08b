#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"

namespace plimsoll::image {

/// What a bill of materials says of one part, in whichever format.
struct SbomPart {
  std::string name;
  std::string version;
  std::string purl;
  std::string cpe;
  std::vector<std::string> licenses;
  bool dev = false;
  std::uint32_t line = 0;
};

/// The package that it is: by its package URL, else by its own name. Nothing when it has neither a
/// package URL nor a CPE: then it is a folder, an application that holds packages, …, which
/// nothing is known of elsewhere.
[[nodiscard]] std::optional<Package> package_of(SbomPart part);

/// A CPE's vendor and product say nothing that the name does not: "cpe:2.3:a:…" or "cpe:/a:…".
[[nodiscard]] inline bool is_cpe(std::string_view text) {
  return text.starts_with("cpe:");
}

}  // namespace plimsoll::image
