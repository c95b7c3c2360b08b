#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "update/file_update.h"
#include "update/mirror.h"
#include "update/public_feed.h"
#include "update/web.h"

namespace plimsoll::update {

struct UpdateOptions {
  std::string folder;  ///< where feeds are kept
  std::vector<FeedFile> files;
  std::vector<Mirror> mirrors;  ///< asked in this order, before the publishers
  bool only_mirrors = false;
  bool allow_older = false;
  WebOptions web;
};

/// One run at a time may write to a folder of feeds; who dies lets go of it.
class FolderLock {
 public:
  /// @param on_wait  called once when another run has it, before waiting for its end
  /// @error kEnvironment  the folder cannot be made or written to
  [[nodiscard]] static Result<FolderLock> take(const std::string& folder,
                                               const std::function<void()>& on_wait);
  FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_ = -1;
};

/// Brings every file up to date, several at a time. What fails for one does not touch another: its
/// copy stays as it was. Who calls has the folder's lock.
/// @return in the order of the files
[[nodiscard]] std::vector<FileReport> update_files(const UpdateOptions& options,
                                                   Progress& progress);

/// The path of the copy of each of these files that is there and whole.
[[nodiscard]] std::vector<std::string> copies_of(const std::vector<FileReport>& reports);

}  // namespace plimsoll::update
