#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/glob.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// Which files of an image list packages. Asked for every file there is, so nearly all are told by
/// their name or ending alone.
class PackageFiles {
 public:
  /// Of these readers.
  explicit PackageFiles(const std::vector<const PackageReader*>& readers);

  /// Null when it lists none.
  [[nodiscard]] const PackageReader* reader_of(std::string_view path) const;

 private:
  using Pattern = std::pair<Glob, const PackageReader*>;
  std::map<std::string, std::vector<Pattern>, std::less<>> by_name_;    ///< last part without `*`
  std::map<std::string, std::vector<Pattern>, std::less<>> by_ending_;  ///< ".jar" of `*.jar`
  std::vector<Pattern> others_;
};

/// Those that are read in an image: what is installed there, and locks, which tell what was bundled
/// where nothing of their kind is installed. What a Go module needs says nothing of a program.
[[nodiscard]] const PackageFiles& image_package_files();

}  // namespace plimsoll::image
