#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace plimsoll {

enum class EntryKind : std::uint8_t { kFile, kFolder, kLink, kOther };

struct DirectoryEntry {
  std::string name;  ///< last component only
  EntryKind kind = EntryKind::kFile;
};

/// The only way to files, so that every audit also runs in memory. Paths use '/'.
/// Implementations may be used from several threads at once.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Reads a whole file that may be hostile. "-" is not special here.
  /// Only regular files: a fifo or device would hang or never end.
  /// @error kNotFound, kUnreadable   @error kTooLarge  more than max_bytes; nothing is returned
  [[nodiscard]] virtual Result<std::string> read(std::string_view path,
                                                 std::size_t max_bytes) const = 0;
  /// Sorted by name. Links are reported as links, never followed.
  [[nodiscard]] virtual Result<std::vector<DirectoryEntry>> list(std::string_view path) const = 0;
  /// Follows links only when `follow` (a path the user typed).
  [[nodiscard]] virtual Result<EntryKind> kind(std::string_view path, bool follow) const = 0;

  [[nodiscard]] bool is_file(std::string_view path) const;
};

/// The disk.
class DiskFileSystem final : public FileSystem {
 public:
  Result<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Result<EntryKind> kind(std::string_view path, bool follow) const override;
};

/// For tests and editors' unsaved buffers. Folders exist when a file is below them.
class MemoryFileSystem final : public FileSystem {
 public:
  void add(std::string_view path, std::string text);
  Result<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Result<EntryKind> kind(std::string_view path, bool follow) const override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace plimsoll
