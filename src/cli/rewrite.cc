#include "cli/rewrite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "core/file_system.h"
#include "core/path.h"

namespace plimsoll::cli {
namespace {

tl::unexpected<Error> refuse(std::string why, const std::string& path,
                             ErrorCode code = ErrorCode::kEnvironment) {
  return fail(code, std::move(why), path);
}

tl::unexpected<Error> system_error(const std::string& what, const std::string& path) {
  return refuse(what + ": " + std::strerror(errno), path);
}

std::string real_path(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return {};
  std::string result = resolved;
  std::free(resolved);
  return result;
}

/// The file behind a link, when it lies within the root; the path itself when it is no link.
Result<std::string> destination(const Rewrite& rewrite) {
  const std::string folder = real_path(std::string(path::folder(rewrite.path)));
  const std::string root = real_path(std::string(rewrite.root));
  if (folder.empty()) return system_error("its folder cannot be found", rewrite.path);
  if (root.empty() || !path::is_within(folder, root)) {
    return refuse("not written: its folder is a link out of the tree", rewrite.path);
  }
  struct stat entry {};
  if (::lstat(rewrite.path.c_str(), &entry) != 0) {
    if (rewrite.is_new && errno == ENOENT) return rewrite.path;
    return system_error("not written", rewrite.path);
  }
  if (rewrite.is_new) return refuse("not written: it is there by now", rewrite.path);
  if (S_ISREG(entry.st_mode)) return rewrite.path;
  if (!S_ISLNK(entry.st_mode)) return refuse("not written: it is no plain file", rewrite.path);
  std::string target = real_path(rewrite.path);
  if (target.empty() || !path::is_within(target, root)) {
    return refuse("not written: it is a link out of the tree", rewrite.path);
  }
  return target;
}

Result<std::string> checked(const Rewrite& rewrite) {
  auto target = destination(rewrite);
  if (!target || rewrite.is_new) return target;
  const auto now = DiskFileSystem().read(*target, rewrite.before.size() + 1);
  if (!now || *now != rewrite.before) {
    return refuse("not written: it changed meanwhile", rewrite.path);
  }
  return target;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Makes a file that is not there yet.
Result<void> create(const std::string& path, std::string_view text, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) return system_error("not written", path);
  const bool whole = write_all(fd, text) && ::fsync(fd) == 0;
  const int status = errno;
  ::close(fd);
  if (whole) return {};
  ::unlink(path.c_str());
  errno = status;
  return system_error("not written", path);
}

/// Hidden, so that nothing takes ".Dockerfile.orig" for a Dockerfile; never over an older one.
Result<std::string> keep(const std::string& target, std::string_view text, mode_t mode) {
  const std::string base =
      path::join(path::folder(target), '.' + std::string(path::name(target)) + ".orig");
  constexpr int kMost = 1000;
  for (int i = 0; i < kMost; ++i) {
    const std::string path = i == 0 ? base : base + '.' + std::to_string(i);
    const auto created = create(path, text, mode);
    if (created) return path;
    if (errno != EEXIST) return tl::unexpected<Error>(created.error());
  }
  return refuse("not written: it has a thousand backups", target);
}

void sync_folder(const std::string& path) {
  const int fd =
      ::open(std::string(path::folder(path)).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);  // some file systems cannot; the rename itself is done
  ::close(fd);
}

}  // namespace

Result<void> check(const Rewrite& rewrite) {
  const auto target = checked(rewrite);
  if (!target) return tl::unexpected<Error>(target.error());
  return {};
}

Result<std::string> write(const Rewrite& rewrite, bool backup) {
  auto target = checked(rewrite);
  if (!target) return target;
  constexpr mode_t kNewFile = 0644;
  if (rewrite.is_new) {
    const auto created = create(*target, rewrite.after, kNewFile);
    if (!created) return tl::unexpected<Error>(created.error());
    return std::string();
  }
  struct stat old {};
  if (::stat(target->c_str(), &old) != 0) return system_error("not written", rewrite.path);
  constexpr mode_t kModeBits = 07777;
  std::string kept;
  if (backup) {
    auto path = keep(*target, rewrite.before, old.st_mode & kModeBits);
    if (!path) return path;
    kept = *std::move(path);
  }
  std::string temporary =
      path::join(path::folder(*target), '.' + std::string(path::name(*target)) + ".XXXXXX");
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return system_error("not written", rewrite.path);
  // Another owner than us can only be kept by root; a file of one's own stays one's own.
  const bool owned = ::fchown(fd, old.st_uid, old.st_gid) == 0 || old.st_uid == ::geteuid();
  bool whole = owned && ::fchmod(fd, old.st_mode & kModeBits) == 0 &&
               write_all(fd, rewrite.after) && ::fsync(fd) == 0;
  whole = ::close(fd) == 0 && whole;
  if (!whole || ::rename(temporary.c_str(), target->c_str()) != 0) {
    const int status = errno;
    ::unlink(temporary.c_str());
    errno = status;
    return system_error("not written", rewrite.path);
  }
  sync_folder(*target);
  return kept;
}

}  // namespace plimsoll::cli
