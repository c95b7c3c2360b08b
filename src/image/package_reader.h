#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"
#include "core/result.h"
#include "image/package_file.h"

namespace plimsoll::image {

/// Of one file. The largest distributions have a tenth of it.
inline constexpr std::size_t kMostPackages = 1'000'000;

/// What a reader finds. What it added before an error is kept.
class PackageList {
 public:
  PackageList(std::string_view ecosystem, std::string_view path)
      : ecosystem_(ecosystem), path_(path) {}

  /// A package without name is dropped, and so are those past kMostPackages. The ecosystem and path
  /// are filled in where they are empty.
  /// @return the one that was added, to say more of; it is valid until the next call
  Package& add(Package package);
  Package& add(std::string_view name, std::string_view version, std::uint32_t line = 0);
  [[nodiscard]] const std::vector<Package>& packages() const { return packages_; }
  [[nodiscard]] bool is_full() const { return packages_.size() >= kMostPackages; }
  /// Sorted by name and version, each (name, version) once; one that is needed is no dev package.
  [[nodiscard]] std::vector<Package> finish() &&;

 private:
  std::string_view ecosystem_;
  std::string_view path_;
  std::vector<Package> packages_;
  Package dropped_;
};

/// What the packages of such a file are.
enum class Presence : std::uint8_t {
  kInstalled,  ///< they are there: what an image is scanned for
  kLocked,     ///< exactly these will be installed
  kDeclared,   ///< wanted, often as a range of versions
};

/// One format: one file of packages/, which CMake finds.
struct PackageReader {
  std::string_view kind;       ///< "npm-package-lock"
  std::string_view ecosystem;  ///< of most of its packages
  Presence presence = Presence::kInstalled;
  /// Blank separated globs of the paths that hold it, relative to the root of the image or
  /// repository: "**/package-lock.json".
  std::string_view files;
  Result<void> (*read)(PackageFile& file, PackageList& list);
  /// Where the format is written down.
  std::string_view source = {};
};

[[nodiscard]] const std::vector<const PackageReader*>& all_package_readers();
/// Null when there is none of this kind.
[[nodiscard]] const PackageReader* find_package_reader(std::string_view kind);

/// Every kind, for people: "apk-installed, bun-lock, …".
[[nodiscard]] std::string package_kinds();

/// Of one file.
inline constexpr std::size_t kMostBytes = 256U << 20U;

struct PackageReading {
  std::vector<Package> packages;
  std::vector<Error> problems;  ///< why something may be missing
};
[[nodiscard]] PackageReading read_packages(const PackageReader& reader, std::string path,
                                           std::string bytes);

}  // namespace plimsoll::image
