#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll {

/// A package that some file says is there.
struct Package {
  std::string name;       ///< as its ecosystem spells it: "group:artifact", "@scope/name"
  std::string version;    ///< with epoch and release; "" when the file does not say
  std::string ecosystem;  ///< as OSV calls it: "npm", "PyPI", "Debian"; RPM databases: "RPM"
  std::string purl;       ///< package URL; "" for an ecosystem that has no type of them
  std::string architecture;
  std::string source_name;     ///< what it was built from, where that has another name or version
  std::string source_version;  ///< "" when it is the package's own
  std::string module_label;    ///< RPM's "name:stream:version:context"
  std::vector<std::string> licenses;  ///< as the file writes them
  std::vector<std::string> files;     ///< that belong to it, absolute; only where the file tells
  std::string owner;  ///< the operating system's package that the file at `path` is of; "" none
  bool dev = false;   ///< only for developing
  std::string path;   ///< of the file that says so
  std::uint32_t line = 0;  ///< 1-based; 0 where lines mean nothing
  /// How near it is to what an image starts, as Vulnerability::tier; "" where nothing says it.
  std::string tier;
  /// short_fingerprint() of the functions of it that a Go program has, sorted; none where the
  /// program does not tell.
  std::vector<std::uint64_t> functions;
  std::string layer;  ///< diff id of the layer whose file it is; "" outside images
  friend bool operator==(const Package&, const Package&) = default;
};

/// Headers of a kernel that is not in the image: its faults are not either.
[[nodiscard]] bool is_kernel_headers(const Package& package);

}  // namespace plimsoll
