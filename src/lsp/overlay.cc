#include "lsp/overlay.h"

#include <algorithm>

#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::lsp {
namespace {

/// The buffers below `folder`: the first part of each path, a folder when more follows.
std::vector<DirectoryEntry> entries_below(const std::string& folder, const Buffers& buffers) {
  const std::string prefix = folder == "/" ? folder : folder + '/';
  std::vector<DirectoryEntry> entries;
  for (auto at = buffers.lower_bound(prefix); at != buffers.end(); ++at) {
    const std::string_view path = at->first;
    if (!path.starts_with(prefix)) break;
    const std::string_view rest = path.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    entries.push_back({std::string(rest.substr(0, slash)),
                       slash == std::string_view::npos ? EntryKind::kFile : EntryKind::kFolder});
  }
  return entries;
}

}  // namespace

tl::unexpected<Error> OverlayFileSystem::refuse(std::string_view path) const {
  exhausted_ = true;
  return fail(ErrorCode::kLimit, "the workspace is too large", std::string(path));
}

Result<std::string> OverlayFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const std::string whole = path::join(root_, path);
  if (const auto found = buffers_.find(whole); found != buffers_.end()) {
    if (found->second.size() <= max_bytes) return std::string(found->second);
    return fail(ErrorCode::kTooLarge, "larger than " + std::to_string(max_bytes) + " bytes",
                std::string(path));
  }
  if (exhausted_) return refuse(path);
  auto text = disk_.read(whole, max_bytes);
  if (text && (bytes_ += text->size()) > limits::kWorkspaceBytes) return refuse(path);
  return text;
}

Result<std::vector<DirectoryEntry>> OverlayFileSystem::list(std::string_view path) const {
  if (exhausted_) return refuse(path);
  const std::string whole = path::join(root_, path);
  std::vector<DirectoryEntry> unsaved = entries_below(whole, buffers_);
  auto entries = disk_.list(whole);
  if (!entries) {
    if (unsaved.empty()) return entries;
    entries = std::vector<DirectoryEntry>{};
  }
  if ((entries_ += entries->size()) > limits::kWorkspaceEntries) return refuse(path);
  // What the disk has comes first among equals: a link stays a link.
  entries->insert(entries->end(), unsaved.begin(), unsaved.end());
  std::stable_sort(
      entries->begin(), entries->end(),
      [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
  entries->erase(std::unique(entries->begin(), entries->end(),
                             [](const auto& a, const auto& b) { return a.name == b.name; }),
                 entries->end());
  return entries;
}

Result<EntryKind> OverlayFileSystem::kind(std::string_view path, bool follow) const {
  const std::string whole = path::join(root_, path);
  if (buffers_.contains(whole)) return EntryKind::kFile;
  auto found = disk_.kind(whole, follow);
  if (!found && !entries_below(whole, buffers_).empty()) return EntryKind::kFolder;
  return found;
}

}  // namespace plimsoll::lsp
