#include "image/byte_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "archive/byte_stream.h"
#include "core/ascii.h"
#include "image/descriptor.h"

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;

constexpr char kMagic[8] = {'p', 'l', 'i', 'm', 'c', 'a', 'c', '1'};
constexpr std::size_t kLargest = 512U << 20U;

struct Head {
  char magic[8];
  std::uint64_t version;
  std::uint64_t sum;  ///< of what follows
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string ByteCache::path_of(std::string_view name) const {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return ascii::is_hex(c); });
  return name.size() == 64 && plain ? folder_ + '/' + std::string(name) : std::string();
}

std::optional<std::string> ByteCache::find(std::string_view name) const {
  const std::string path = path_of(name);
  if (path.empty()) return std::nullopt;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat about {};
  // What another user wrote there is not believed.
  if (file.get() < 0 || ::fstat(file.get(), &about) != 0 || about.st_uid != ::geteuid() ||
      !S_ISREG(about.st_mode) || static_cast<std::size_t>(about.st_size) > kLargest ||
      static_cast<std::size_t>(about.st_size) < sizeof(Head)) {
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  const auto stream = archive::file_stream(file.get(), 0, bytes.size(), path);
  const auto got = archive::read_fully(*stream, bytes);
  if (!got || *got != bytes.size()) return std::nullopt;
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::string_view body = std::string_view(bytes).substr(sizeof head);
  if (std::memcmp(head.magic, kMagic, sizeof kMagic) != 0 || head.version != version_ ||
      head.sum != XXH3_64bits(body.data(), body.size())) {
    return std::nullopt;
  }
  ::futimens(file.get(), nullptr);  // asked for just now
  bytes.erase(0, sizeof head);
  return bytes;
}

void ByteCache::keep(std::string_view name, std::string_view bytes) const {
  const std::string path = path_of(name);
  if (path.empty()) return;
  std::error_code ignored;
  fs::create_directories(folder_, ignored);
  fs::permissions(folder_, fs::perms::owner_all, ignored);
  Head head{};
  std::memcpy(head.magic, kMagic, sizeof kMagic);
  head.version = version_;
  head.sum = XXH3_64bits(bytes.data(), bytes.size());
  std::string temporary = folder_ + "/.new-XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return;
  const bool whole = write_all(file.get(), {reinterpret_cast<const char*>(&head), sizeof head}) &&
                     write_all(file.get(), bytes);
  file.reset();
  // No sync: a torn file has a wrong sum.
  if (!whole || ::rename(temporary.c_str(), path.c_str()) != 0) ::unlink(temporary.c_str());
}

void ByteCache::shrink(std::uint64_t most_bytes) const {
  struct Kept {
    fs::file_time_type used;
    std::uint64_t bytes;
    fs::path path;
  };
  std::vector<Kept> all;
  std::uint64_t sum = 0;
  std::error_code error;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    std::error_code own;
    const std::uint64_t bytes = at->file_size(own);
    if (own) continue;
    all.push_back({at->last_write_time(own), bytes, at->path()});
    sum += bytes;
  }
  if (sum <= most_bytes) return;
  std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
  for (const Kept& each : all) {
    if (sum <= most_bytes) break;
    fs::remove(each.path, error);
    sum -= each.bytes;
  }
}

}  // namespace plimsoll::image
