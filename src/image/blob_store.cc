#include "image/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "core/path.h"
#include "image/descriptor.h"
#include "image/tar.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostMembers = 1'000'000;
constexpr int kMostHops = 40;  // as Linux follows links

tl::unexpected<Error> not_found(std::string_view path, const std::string& store) {
  return fail(ErrorCode::kNotFound, "it has no '" + std::string(path) + "'", store);
}

/// "a/b" of "./a//b", "/a/b" and "a/c/../b"; what leads out ends at the root, as in a chroot.
std::string member_name(std::string_view path) {
  const std::string normal = path::normalize('/' + std::string(path));
  return normal.substr(std::min<std::size_t>(1, normal.size()));
}

class TarStore final : public BlobStore {
 public:
  TarStore(std::shared_ptr<Descriptor> file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}

  Result<void> index() {
    struct stat about {};
    if (::fstat(file_->get(), &about) != 0) {
      return fail(ErrorCode::kUnreadable, std::strerror(errno), name_);
    }
    const auto stream =
        archive::file_stream(file_->get(), 0, static_cast<std::uint64_t>(about.st_size), name_);
    TarReader tar(*stream);
    while (true) {
      auto entry = tar.next();
      if (!entry) {
        if (entry.error().path.empty()) entry.error().path = name_;
        return tl::unexpected(entry.error());
      }
      if (!*entry) return {};
      if (members_.size() == kMostMembers) {
        return fail(ErrorCode::kLimit, "more than a million members", name_);
      }
      const bool is_link = (*entry)->type == Entry::Type::kSymbolicLink;
      const bool is_hard = (*entry)->type == Entry::Type::kHardLink;
      if (!is_link && !is_hard && (*entry)->type != Entry::Type::kFile) continue;
      std::string path = member_name((*entry)->path);
      Member member{(*entry)->offset, (*entry)->size, {}};
      if (is_hard) member.link = member_name((*entry)->link);
      if (is_link) {
        const bool absolute = (*entry)->link.starts_with('/');
        member.link =
            member_name(absolute ? (*entry)->link : path::join(path::folder(path), (*entry)->link));
      }
      members_.insert_or_assign(std::move(path), std::move(member));
    }
  }

  [[nodiscard]] bool has(std::string_view path) const override { return find(path) != nullptr; }
  [[nodiscard]] std::optional<std::uint64_t> size(std::string_view path) const override {
    const Member* member = find(path);
    return member == nullptr ? std::nullopt : std::optional(member->size);
  }
  [[nodiscard]] Result<std::unique_ptr<archive::ByteStream>> open(
      std::string_view path) const override {
    const Member* member = find(path);
    if (member == nullptr) return not_found(path, name_);
    return std::make_unique<OwningStream>(
        file_, archive::file_stream(file_->get(), member->offset, member->size,
                                    name_ + " (" + std::string(path) + ")"));
  }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  struct Member {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string link;  ///< to another member
  };

  [[nodiscard]] const Member* find(std::string_view path) const {
    auto at = members_.find(member_name(path));
    for (int hops = 0; at != members_.end() && !at->second.link.empty(); ++hops) {
      if (hops == kMostHops) return nullptr;
      at = members_.find(at->second.link);
    }
    return at == members_.end() ? nullptr : &at->second;
  }

  std::shared_ptr<Descriptor> file_;
  std::string name_;
  std::map<std::string, Member, std::less<>> members_;
};

class FolderStore final : public BlobStore {
 public:
  explicit FolderStore(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] bool has(std::string_view path) const override { return size(path).has_value(); }
  [[nodiscard]] std::optional<std::uint64_t> size(std::string_view path) const override {
    const Descriptor file(open_inside(path));
    struct stat about {};
    if (file.get() < 0 || ::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
      return std::nullopt;
    }
    return static_cast<std::uint64_t>(about.st_size);
  }
  [[nodiscard]] Result<std::unique_ptr<archive::ByteStream>> open(
      std::string_view path) const override {
    auto file = std::make_shared<Descriptor>(open_inside(path));
    struct stat about {};
    if (file->get() < 0 || ::fstat(file->get(), &about) != 0 || !S_ISREG(about.st_mode)) {
      return not_found(path, path_);
    }
    auto stream = archive::file_stream(file->get(), 0, static_cast<std::uint64_t>(about.st_size),
                                       path::join(path_, path));
    return std::make_unique<OwningStream>(std::move(file), std::move(stream));
  }
  [[nodiscard]] const std::string& name() const override { return path_; }

 private:
  /// Folder by folder without following links. @return -1 when there is none
  [[nodiscard]] int open_inside(std::string_view path) const {
    const std::string inside = member_name(path);
    auto folder =
        std::make_unique<Descriptor>(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    std::string_view rest = inside;
    while (folder->get() >= 0) {
      const std::size_t slash = rest.find('/');
      const std::string part(rest.substr(0, slash));
      const bool last = slash == std::string_view::npos;
      const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (last ? O_NONBLOCK : O_DIRECTORY);
      const int next = ::openat(folder->get(), part.c_str(), flags);
      if (last) return next;
      folder = std::make_unique<Descriptor>(next);
      rest.remove_prefix(slash + 1);
    }
    return -1;
  }

  std::string path_;
};

}  // namespace

Result<std::string> read_blob(const BlobStore& store, std::string_view path, std::size_t most) {
  const auto size = store.size(path);
  if (!size) return not_found(path, store.name());
  if (*size > most) {
    return fail(ErrorCode::kTooLarge,
                "'" + std::string(path) + "' is larger than " + std::to_string(most) + " bytes",
                store.name());
  }
  const auto stream = store.open(path);
  if (!stream) return tl::unexpected(stream.error());
  std::string text(static_cast<std::size_t>(*size), '\0');
  const auto got = archive::read_fully(**stream, text);
  if (!got) return tl::unexpected(got.error());
  text.resize(*got);
  return text;
}

Result<std::unique_ptr<BlobStore>> open_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) {
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                std::strerror(errno), path);
  }
  return std::make_unique<FolderStore>(path);
}

Result<std::unique_ptr<BlobStore>> open_tar(const std::string& path) {
  auto file = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file->get() < 0) {
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                std::strerror(errno), path);
  }
  auto store = std::make_unique<TarStore>(std::move(file), path);
  if (auto indexed = store->index(); !indexed) return tl::unexpected(indexed.error());
  return store;
}

}  // namespace plimsoll::image
