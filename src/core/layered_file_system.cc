#include "core/layered_file_system.h"

#include <algorithm>
#include <utility>

namespace plimsoll {

Result<std::string> LayeredFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  return top_.is_file(path) ? top_.read(path, max_bytes) : below_.read(path, max_bytes);
}

Result<std::vector<DirectoryEntry>> LayeredFileSystem::list(std::string_view path) const {
  auto entries = below_.list(path);
  auto above = top_.list(path);
  if (!above) return entries;
  if (!entries) return above;
  for (DirectoryEntry& entry : *above) {
    const auto at = std::lower_bound(
        entries->begin(), entries->end(), entry.name,
        [](const DirectoryEntry& each, const std::string& name) { return each.name < name; });
    if (at == entries->end() || at->name != entry.name) entries->insert(at, std::move(entry));
  }
  return entries;
}

Result<EntryKind> LayeredFileSystem::kind(std::string_view path, bool follow) const {
  if (top_.is_file(path)) return EntryKind::kFile;
  auto kind = below_.kind(path, follow);
  return kind ? kind : top_.kind(path, follow);
}

}  // namespace plimsoll
