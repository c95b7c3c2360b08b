#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"

namespace plimsoll {

/// Two file systems as one: a file of `top` hides that of `below`. Both must outlive it.
class LayeredFileSystem final : public FileSystem {
 public:
  LayeredFileSystem(const FileSystem& top, const FileSystem& below) : top_(top), below_(below) {}

  Result<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Result<EntryKind> kind(std::string_view path, bool follow) const override;

 private:
  const FileSystem& top_;
  const FileSystem& below_;
};

}  // namespace plimsoll
