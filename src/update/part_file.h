#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::update {

/// A file that is being downloaded, and of which version of it its bytes are: kept across runs, so
/// that the next one goes on where this one is killed.
class PartFile {
 public:
  /// What an earlier run left, when it came from the same address; else it is empty.
  PartFile(std::string path, std::string address);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// What names the version for If-Range: a strong ETag or a date; "" when nothing does.
  [[nodiscard]] const std::string& version() const { return version_; }

  /// Begins anew, with the first bytes of this version.
  [[nodiscard]] Result<void> restart(std::string version);
  [[nodiscard]] Result<void> append(std::string_view bytes);
  /// All is there: brings it to the disk.
  [[nodiscard]] Result<void> finish();
  /// Nothing of it is any use.
  void discard();

 private:
  [[nodiscard]] std::string note_path() const { return path_ + ".note"; }
  [[nodiscard]] Error cannot_write() const;

  std::string path_;
  std::string address_;
  std::string version_;
  std::uint64_t bytes_ = 0;
  int file_ = -1;
};

}  // namespace plimsoll::update
