#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "image/entry.h"

namespace plimsoll::image {

/// Walks an unpacked layer or root file system, folders before what is in them, names in order.
/// Nothing is opened through a link. File systems that have no files of their own (proc, sysfs, …)
/// are not entered. What an overlay driver marks as removed comes as the marks of a tar.
class FolderReader : public EntryReader {
 public:
  /// @error kNotFound, kUnreadable
  [[nodiscard]] static Result<std::unique_ptr<FolderReader>> open(const std::string& path);

  /// Files and folders that could not be read; they are passed over.
  [[nodiscard]] virtual std::vector<Error> take_problems() = 0;
};

}  // namespace plimsoll::image
