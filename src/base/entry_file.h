#pragma once

#include <string>
#include <string_view>

#include "base/index.h"

/// The files of the index. Private to base/.
namespace plimsoll::base {

/// One line without its end.
[[nodiscard]] std::string to_line(const Entry& entry);
/// Any bytes are answered.
/// @error kInvalid  not such a line, or of a later version
[[nodiscard]] Result<Entry> entry_of_line(std::string_view line);

/// The first line of a file, at most a mebibyte of it.
[[nodiscard]] Result<std::string> read_first_line(const std::string& path);
/// Through a file beside it that is renamed, so that nobody ever reads half of it.
/// @error kEnvironment
[[nodiscard]] Result<void> write_whole(const std::string& path, std::string_view text);

/// While it lives, other processes that change the folder wait.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int folder_ = -1;
};

}  // namespace plimsoll::base
