#include "advisory/import.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "archive/byte_stream.h"
#include "archive/decompress.h"
#include "archive/zip_archive.h"

namespace plimsoll::advisory {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 64U << 10U;
constexpr std::uint64_t kMostFile = 4ULL << 30U;  // unpacked; Ubuntu's export has more than one
constexpr std::size_t kMostRecord = 256U << 20U;  // of a file in an archive
constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kPiece = 1U << 20U;

Result<std::string> read_all(archive::ByteStream& stream) {
  std::string bytes;
  while (true) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPiece);
    const auto got = archive::read_fully(stream, std::span(bytes).subspan(before));
    if (!got) return tl::unexpected(got.error());
    bytes.resize(before + *got);
    if (*got < kPiece) return bytes;
  }
}

Result<std::string> read_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) {
    const int problem = errno;
    if (file >= 0) ::close(file);
    return fail(problem == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                std::string("cannot read: ") + std::strerror(problem), path);
  }
  auto stream = archive::decompress(
      archive::file_stream(file, 0, static_cast<std::uint64_t>(about.st_size), path),
      {.most_bytes = kMostFile});
  Result<std::string> bytes = tl::unexpected(Error{});
  if (stream) {
    bytes = read_all(**stream);
  } else {
    bytes = tl::unexpected(std::move(stream.error()));
  }
  ::close(file);
  if (!bytes && bytes.error().path.empty()) bytes.error().path = path;
  return bytes;
}

class Importing {
 public:
  Importing(std::string source, ImportSink& sink) : source_(std::move(source)), sink_(sink) {}

  void file(const std::string& path) {
    const auto bytes = read_file(path);
    if (!bytes) return problem(bytes.error());
    if (bytes->starts_with("PK\x03\x04")) return zip(path, *bytes);
    record(path, *bytes);
  }

  Imported take() { return std::move(imported_); }

 private:
  void zip(const std::string& path, std::string_view bytes) {
    const auto entries = archive::zip_entries(bytes);
    if (!entries) return problem({entries.error().code, entries.error().message, path});
    for (const archive::ZipEntry& entry : *entries) {
      if (entry.path.ends_with('/')) continue;
      std::string name = path + '/' + std::string(entry.path);
      const auto content = archive::unzip(bytes, entry, kMostRecord);
      if (content) {
        record(name, *content);
      } else {
        problem({content.error().code, content.error().message, std::move(name)});
      }
    }
  }

  void record(const std::string& path, std::string_view bytes) {
    const FeedFormat* format = format_of(path, bytes.substr(0, kHead));
    if (format == nullptr) {
      if (imported_.unknown++ == 0) imported_.first_unknown = path;
      return;
    }
    ++imported_.files;
    sink_.begin(format->name, source_);
    const auto read = format->read({.path = path, .bytes = bytes}, sink_);
    if (!read) {
      Error error = read.error();
      if (error.path.empty()) error.path = path;
      sink_.skip(error);
      problem(std::move(error));
    }
  }

  void problem(Error error) {
    if (imported_.problems.size() < kMostProblems) imported_.problems.push_back(std::move(error));
  }

  std::string source_;
  ImportSink& sink_;
  Imported imported_;
};

}  // namespace

Result<Imported> import_path(const std::string& path, ImportSink& sink) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return fail(ErrorCode::kNotFound, "there is no such file or folder", path);
  }
  Importing importing(path, sink);
  if (status.type() != fs::file_type::directory) {
    importing.file(path);
    return importing.take();
  }
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end;
       each.increment(error)) {
    if (each->is_regular_file(error)) files.push_back(each->path().string());
  }
  if (error) return fail(ErrorCode::kUnreadable, "cannot read: " + error.message(), path);
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) importing.file(file);
  return importing.take();
}

}  // namespace plimsoll::advisory
