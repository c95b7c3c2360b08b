#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct Pattern {
    std::optional<Glob> glob;  ///< nothing: whatever has this name or ending
    const PackageReader* reader = nullptr;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Patterns = std::unordered_map<std::string, std::vector<Pattern>, Hash, std::equal_to<>>;
  Patterns by_name_;    ///< last part without `*`
  Patterns by_ending_;  ///< ".jar" of `*.jar`
  std::vector<Pattern> others_;
};

/// Those that are read in an image: what is installed there, and locks, which tell what was bundled
/// where nothing of their kind is installed. What a Go module needs says nothing of a program.
[[nodiscard]] const PackageFiles& image_package_files();

}  // namespace plimsoll::image
