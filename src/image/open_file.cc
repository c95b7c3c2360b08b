#include "image/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "image/descriptor.h"

namespace plimsoll::image {
namespace {

/// What cannot be read from anywhere but where it stands.
class Pipe final : public archive::ByteStream {
 public:
  Pipe(std::shared_ptr<Descriptor> file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    ssize_t got = 0;
    do {
      got = ::read(file_->get(), buffer.data(), buffer.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) return fail(ErrorCode::kUnreadable, std::strerror(errno), name_);
    return static_cast<std::size_t>(got);
  }

 private:
  std::shared_ptr<Descriptor> file_;
  std::string name_;
};

class PutBack final : public archive::ByteStream {
 public:
  PutBack(std::string bytes, std::unique_ptr<archive::ByteStream> rest)
      : bytes_(std::move(bytes)), rest_(std::move(rest)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (taken_ == bytes_.size()) return rest_->read(buffer);
    const std::size_t count = std::min(buffer.size(), bytes_.size() - taken_);
    std::copy_n(bytes_.data() + taken_, count, buffer.data());
    taken_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t taken_ = 0;
  std::unique_ptr<archive::ByteStream> rest_;
};

}  // namespace

Result<std::unique_ptr<archive::ByteStream>> open_file(const std::string& path) {
  const int number = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto file = std::make_shared<Descriptor>(number);
  struct stat about {};
  if (file->get() < 0 || ::fstat(file->get(), &about) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable, std::strerror(errno),
                path);
  }
  if (S_ISDIR(about.st_mode)) return fail(ErrorCode::kUnreadable, "it is a folder", path);
  if (!S_ISREG(about.st_mode)) return std::make_unique<Pipe>(std::move(file), path);
  auto stream =
      archive::file_stream(file->get(), 0, static_cast<std::uint64_t>(about.st_size), path);
  return std::make_unique<OwningStream>(std::move(file), std::move(stream));
}

std::unique_ptr<archive::ByteStream> put_back(std::string bytes,
                                              std::unique_ptr<archive::ByteStream> rest) {
  return std::make_unique<PutBack>(std::move(bytes), std::move(rest));
}

}  // namespace plimsoll::image
