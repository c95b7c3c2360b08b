#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "check/image_origin.h"
#include "image/inventory.h"

/// Programs inside an image.
namespace plimsoll::check {

struct ImageProgram {
  std::string path;  ///< where the file really is
  image::EntryId id;
};

/// Folders that programs are in, as they really are: those of the image's PATH and the usual ones.
[[nodiscard]] std::vector<std::string> program_folders(const image::Inventory& image);

/// A file that can be executed, found as a shell would: by its name in PATH, or by its path.
[[nodiscard]] std::optional<ImageProgram> find_program(const image::Inventory& image,
                                                       std::string_view name);

/// Those of the names that are there, each file once: dnf and yum are one program, pip and pip3
/// have one content.
[[nodiscard]] std::vector<ImageItem> find_programs(const image::Inventory& image,
                                                   std::span<const std::string_view> names);

/// A regular file that somebody may execute.
[[nodiscard]] bool is_executable(const image::Entry& entry);

/// Which programs belong to packages, whichever way of a merged /usr their paths are written.
class OwnedPrograms {
 public:
  explicit OwnedPrograms(const image::Inventory& image);
  /// A database of the operating system lists the files of its packages: what it does not list is
  /// nobody's.
  [[nodiscard]] bool known() const { return known_; }
  /// @param path  real, without leading slash
  [[nodiscard]] bool owns(std::string_view path) const {
    return paths_.find(std::string(path)) != paths_.end();
  }

 private:
  bool known_ = false;
  std::unordered_set<std::string> paths_;
};

}  // namespace plimsoll::check
