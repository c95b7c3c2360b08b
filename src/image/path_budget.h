#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace plimsoll::image {

/// Databases of packages write a folder once for all files in it. So a hostile one of megabytes
/// could ask for terabytes of paths; a real one never has many times its own size of them.
class PathBudget {
 public:
  explicit PathBudget(std::size_t database_bytes)
      : left_(std::min((64U << 10U) + 16 * database_bytes, std::size_t{512} << 20U)) {}

  /// Whether a path of so many bytes may be kept. Linux takes none of more than 4096.
  [[nodiscard]] bool takes(std::size_t path_bytes) {
    const std::size_t cost = path_bytes + sizeof(std::string);
    if (path_bytes > 4096 || cost > left_) return false;
    left_ -= cost;
    return true;
  }

 private:
  std::size_t left_;
};

}  // namespace plimsoll::image
