#include "core/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "core/path.h"

namespace plimsoll {
namespace {

tl::unexpected<Error> system_error(std::string_view path, int number) {
  const ErrorCode code =
      number == ENOENT || number == ENOTDIR ? ErrorCode::kNotFound : ErrorCode::kUnreadable;
  return fail(code, std::strerror(number), std::string(path));
}

tl::unexpected<Error> too_large(std::string_view path, std::size_t max_bytes) {
  return fail(ErrorCode::kTooLarge, "larger than " + std::to_string(max_bytes) + " bytes",
              std::string(path));
}

EntryKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryKind::kFile;
  if (S_ISDIR(mode)) return EntryKind::kFolder;
  if (S_ISLNK(mode)) return EntryKind::kLink;
  return EntryKind::kOther;
}

/// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

bool FileSystem::is_file(std::string_view path) const {
  const auto found = kind(path, true);
  return found && *found == EntryKind::kFile;
}

Result<std::string> DiskFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const std::string name(path);
  // O_NONBLOCK: opening a fifo without a writer must not hang; regular files ignore it.
  const Descriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return system_error(path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return system_error(path, errno);
  if (!S_ISREG(info.st_mode)) {
    return fail(ErrorCode::kUnreadable,
                S_ISDIR(info.st_mode) ? "is a folder" : "not a regular file", name);
  }
  const auto size = static_cast<std::size_t>(std::max<off_t>(info.st_size, 0));
  if (size > max_bytes) return too_large(path, max_bytes);
  std::string text(size, '\0');
  std::size_t filled = 0;
  // /proc files say size 0, and a file may grow while we read: go on until the end, within bounds.
  for (;;) {
    if (filled == text.size()) {
      if (filled > max_bytes) return too_large(path, max_bytes);
      char probe = 0;
      const ssize_t more = ::read(file.get(), &probe, 1);
      if (more < 0) return system_error(path, errno);
      if (more == 0) break;
      text.push_back(probe);
      text.resize(std::min(max_bytes + 1, text.size() + 65536));
      ++filled;
      continue;
    }
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (count < 0) {
      if (errno == EINTR) continue;
      return system_error(path, errno);
    }
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled > max_bytes) return too_large(path, max_bytes);
  text.resize(filled);
  return text;
}

Result<std::vector<DirectoryEntry>> DiskFileSystem::list(std::string_view path) const {
  const std::string name(path);
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(name.c_str()), &::closedir);
  if (folder == nullptr) return system_error(path, errno);
  std::vector<DirectoryEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) {
      if (errno != 0) return system_error(path, errno);
      break;
    }
    const std::string_view entry_name = entry->d_name;
    if (entry_name == "." || entry_name == "..") continue;
    EntryKind kind = EntryKind::kOther;
    switch (entry->d_type) {
      case DT_REG: kind = EntryKind::kFile; break;
      case DT_DIR: kind = EntryKind::kFolder; break;
      case DT_LNK: kind = EntryKind::kLink; break;
      case DT_UNKNOWN: {  // some file systems do not say
        struct stat info {};
        if (::fstatat(::dirfd(folder.get()), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
          kind = kind_of(info.st_mode);
        }
        break;
      }
      default: break;
    }
    entries.push_back({std::string(entry_name), kind});
  }
  std::sort(entries.begin(), entries.end(),
            [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
  return entries;
}

Result<EntryKind> DiskFileSystem::kind(std::string_view path, bool follow) const {
  struct stat info {};
  const std::string name(path);
  const int status = follow ? ::stat(name.c_str(), &info) : ::lstat(name.c_str(), &info);
  if (status != 0) return system_error(path, errno);
  return kind_of(info.st_mode);
}

void MemoryFileSystem::add(std::string_view path, std::string text) {
  files_[path::normalize(path)] = std::move(text);
}

Result<std::string> MemoryFileSystem::read(std::string_view path, std::size_t max_bytes) const {
  const auto found = files_.find(path::normalize(path));
  if (found == files_.end()) return system_error(path, ENOENT);
  if (found->second.size() > max_bytes) return too_large(path, max_bytes);
  return found->second;
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list(std::string_view path) const {
  const std::string folder = path::normalize(path);
  const std::string prefix = folder == "." ? "" : folder == "/" ? "/" : folder + '/';
  std::vector<DirectoryEntry> entries;
  for (const auto& [name, text] : files_) {
    if (!name.starts_with(prefix)) continue;
    if (prefix.empty() && name.starts_with('/')) continue;
    const std::string_view rest = std::string_view(name).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    DirectoryEntry entry{std::string(rest.substr(0, slash)),
                         slash == std::string_view::npos ? EntryKind::kFile : EntryKind::kFolder};
    if (entries.empty() || entries.back().name != entry.name) entries.push_back(std::move(entry));
  }
  if (entries.empty() && folder != ".") return system_error(path, ENOENT);
  std::sort(entries.begin(), entries.end(),
            [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const auto& a, const auto& b) { return a.name == b.name; }),
                entries.end());
  return entries;
}

Result<EntryKind> MemoryFileSystem::kind(std::string_view path, bool /*follow*/) const {
  const std::string name = path::normalize(path);
  if (files_.contains(name)) return EntryKind::kFile;
  if (name == "." || list(name)) return EntryKind::kFolder;
  return system_error(path, ENOENT);
}

}  // namespace plimsoll
