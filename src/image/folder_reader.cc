#include "image/folder_reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "image/descriptor.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kDeepest = 512;  // as reliability's limit on the parts of a path
constexpr std::size_t kMostProblems = 100;

/// The kernel's windows on itself: nothing in them is of an image.
bool is_virtual(int folder) {
  struct statfs about {};
  if (::fstatfs(folder, &about) != 0) return false;
  switch (static_cast<unsigned long>(about.f_type)) {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case DEVPTS_SUPER_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case SECURITYFS_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case BPF_FS_MAGIC:
    case BINFMTFS_MAGIC:
    case SELINUX_MAGIC: return true;
    default: return false;
  }
}

bool is_opaque(int folder) {
  for (const char* name : {"trusted.overlay.opaque", "user.overlay.opaque"}) {
    char value = 0;
    if (::fgetxattr(folder, name, &value, 1) == 1 && value == 'y') return true;
  }
  return false;
}

Entry::Type type_of(mode_t mode) {
  if (S_ISREG(mode)) return Entry::Type::kFile;
  if (S_ISDIR(mode)) return Entry::Type::kFolder;
  if (S_ISLNK(mode)) return Entry::Type::kSymbolicLink;
  return S_ISCHR(mode) || S_ISBLK(mode) ? Entry::Type::kDevice : Entry::Type::kOther;
}

std::string beside(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + '/' + std::string(name);
}

class Walk final : public FolderReader {
 public:
  Walk(Descriptor root, std::string name) : name_(std::move(name)) { enter(std::move(root), ""); }

  Result<std::optional<Entry>> next() override {
    while (true) {
      file_ = Descriptor();
      if (mark_) return std::exchange(mark_, std::nullopt);
      if (open_.empty()) return std::optional<Entry>();
      Level& level = open_.back();
      if (level.next == level.names.size()) {
        open_.pop_back();
        continue;
      }
      // A copy: going into a folder adds to open_.
      const std::string name = level.names[level.next++];
      if (auto entry = look_at(level.folder.get(), level.path, name)) return entry;
    }
  }

  Result<std::size_t> read(std::span<char> buffer) override {
    if (file_.get() < 0) return 0;
    ssize_t got = 0;
    do {
      got = ::read(file_.get(), buffer.data(), buffer.size());
    } while (got < 0 && errno == EINTR);
    if (got >= 0) return static_cast<std::size_t>(got);
    complain(path_, std::strerror(errno));
    return 0;
  }

  std::vector<Error> take_problems() override { return std::move(problems_); }

 private:
  struct Level {
    Descriptor folder;
    std::string path;
    std::vector<std::string> names;
    std::size_t next = 0;
  };

  void enter(Descriptor folder, std::string path) {
    // fdopendir takes the descriptor it is given.
    DIR* const list = ::fdopendir(::fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
    if (list == nullptr) return complain(path, std::strerror(errno));
    std::vector<std::string> names;
    while (const dirent* each = ::readdir(list)) {
      const std::string_view name = each->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    ::closedir(list);
    std::sort(names.begin(), names.end());
    open_.push_back({std::move(folder), std::move(path), std::move(names)});
  }

  /// Nothing for what is passed over.
  std::optional<Entry> look_at(int folder, const std::string& parent, const std::string& name) {
    path_ = beside(parent, name);
    struct stat about {};
    if (::fstatat(folder, name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) {
      complain(path_, std::strerror(errno));
      return std::nullopt;
    }
    Entry entry{.path = path_,
                .type = type_of(about.st_mode),
                .mode = about.st_mode & 07777U,
                .user = about.st_uid,
                .group = about.st_gid};
    switch (entry.type) {
      case Entry::Type::kFolder: descend(folder, name); break;
      case Entry::Type::kSymbolicLink: {
        char target[4096];
        const ssize_t size = ::readlinkat(folder, name.c_str(), target, sizeof target);
        if (size > 0) entry.link.assign(target, static_cast<std::size_t>(size));
        break;
      }
      case Entry::Type::kDevice:
        if (S_ISCHR(about.st_mode) && about.st_rdev == makedev(0, 0)) {
          entry = {.path = beside(parent, ".wh." + name)};
        }
        break;
      case Entry::Type::kFile:
        entry.size = static_cast<std::uint64_t>(about.st_size);
        file_ = Descriptor(
            ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (file_.get() < 0) complain(path_, std::strerror(errno));
        break;
      default: break;
    }
    return entry;
  }

  void descend(int folder, const std::string& name) {
    if (open_.size() == kDeepest) return complain(path_, "folders are nested too deep");
    Descriptor inner(
        ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (inner.get() < 0) return complain(path_, std::strerror(errno));
    if (is_virtual(inner.get())) return;
    if (is_opaque(inner.get())) mark_ = Entry{.path = beside(path_, ".wh..wh..opq")};
    enter(std::move(inner), path_);
  }

  void complain(const std::string& path, std::string message) {
    if (problems_.size() < kMostProblems) {
      problems_.push_back({ErrorCode::kUnreadable, std::move(message), beside(name_, path)});
    }
  }

  std::string name_;
  std::vector<Level> open_;
  std::optional<Entry> mark_;  ///< comes next
  std::string path_;           ///< of the entry
  Descriptor file_;            ///< its content
  std::vector<Error> problems_;
};

}  // namespace

Result<std::unique_ptr<FolderReader>> FolderReader::open(const std::string& path) {
  Descriptor root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (root.get() < 0) {
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                std::strerror(errno), path);
  }
  return std::make_unique<Walk>(std::move(root), path);
}

}  // namespace plimsoll::image
