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
  /// Of readers with this presence.
  explicit PackageFiles(Presence presence);

  /// Null when it lists none.
  [[nodiscard]] const PackageReader* reader_of(std::string_view path) const;

 private:
  using Pattern = std::pair<Glob, const PackageReader*>;
  std::map<std::string, std::vector<Pattern>, std::less<>> by_name_;    ///< last part without `*`
  std::map<std::string, std::vector<Pattern>, std::less<>> by_ending_;  ///< ".jar" of `*.jar`
  std::vector<Pattern> others_;
};

/// Those of installed packages.
[[nodiscard]] const PackageFiles& installed_package_files();

}  // namespace plimsoll::image
