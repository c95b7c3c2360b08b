#include "update/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/file_system.h"
#include "update/kept_copy.h"

namespace plimsoll::update {
namespace {

constexpr std::size_t kMostNote = 16U << 10U;

}  // namespace

PartFile::PartFile(std::string path, std::string address)
    : path_(std::move(path)), address_(std::move(address)) {
  const DiskFileSystem disk;
  const auto note = disk.read(note_path(), kMostNote);
  const std::string head = address_ + '\n';
  if (!note || !note->starts_with(head) || !note->ends_with('\n')) return;
  file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  struct stat about {};
  if (file_ < 0 || ::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) return;
  version_ = note->substr(head.size(), note->size() - head.size() - 1);
  if (!version_.empty()) bytes_ = static_cast<std::uint64_t>(about.st_size);
}

PartFile::~PartFile() {
  if (file_ >= 0) ::close(file_);
}

Error PartFile::cannot_write() const {
  return fail(ErrorCode::kEnvironment, std::string("cannot write: ") + std::strerror(errno), path_)
      .value();
}

Result<void> PartFile::restart(std::string version) {
  discard();
  // First what the bytes will be of, then the bytes: a run that is killed leaves none without.
  if (!version.empty()) {
    if (auto noted = write_small_file(note_path(), address_ + '\n' + version + '\n'); !noted) {
      return noted;
    }
  }
  version_ = std::move(version);
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) return tl::unexpected(cannot_write());
  return {};
}

Result<void> PartFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(cannot_write());
    bytes.remove_prefix(static_cast<std::size_t>(count));
    bytes_ += static_cast<std::uint64_t>(count);
  }
  return {};
}

Result<void> PartFile::finish() {
  if (::fsync(file_) != 0) return tl::unexpected(cannot_write());
  ::unlink(note_path().c_str());
  return {};
}

void PartFile::discard() {
  if (file_ >= 0) ::close(std::exchange(file_, -1));
  ::unlink(path_.c_str());
  ::unlink(note_path().c_str());
  bytes_ = 0;
  version_.clear();
}

}  // namespace plimsoll::update
