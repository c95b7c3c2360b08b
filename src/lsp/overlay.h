#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"

namespace plimsoll::lsp {

/// Unsaved text by absolute path.
using Buffers = std::map<std::string, std::string_view, std::less<>>;

/// The disk as seen from a folder, with open buffers in place of their files. Relative paths start
/// at the folder, so that findings are named as `plimsoll audit` in that folder names them.
/// What one view reads of the disk is bounded: it is made anew at every pause in typing.
class OverlayFileSystem final : public FileSystem {
 public:
  /// All but `root` must outlive the view.
  OverlayFileSystem(const FileSystem& disk, std::string root, const Buffers& buffers)
      : disk_(disk), root_(std::move(root)), buffers_(buffers) {}

  Result<std::string> read(std::string_view path, std::size_t max_bytes) const override;
  Result<std::vector<DirectoryEntry>> list(std::string_view path) const override;
  Result<EntryKind> kind(std::string_view path, bool follow) const override;

  /// More was asked for than limits::kWorkspaceEntries or kWorkspaceBytes; the rest was refused.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  [[nodiscard]] tl::unexpected<Error> refuse(std::string_view path) const;

  const FileSystem& disk_;
  std::string root_;
  const Buffers& buffers_;
  mutable std::atomic<std::size_t> entries_{0};
  mutable std::atomic<std::size_t> bytes_{0};
  mutable std::atomic<bool> exhausted_{false};
};

}  // namespace plimsoll::lsp
