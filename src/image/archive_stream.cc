#include "image/archive_stream.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "archive/decompress.h"
#include "core/ascii.h"
#include "core/path.h"
#include "image/tar.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kHead = 512;               // shows what a member is
constexpr std::size_t kLargestJson = 4U << 20U;  // as read_saved_image() takes it
constexpr std::size_t kMostKept = 64U << 20U;    // of all of them
constexpr int kMostHops = 40;

/// The member of a tar that is read just now, from its first byte although some were looked at.
class MemberStream final : public archive::ByteStream {
 public:
  MemberStream(TarReader& tar, std::string head) : tar_(tar), head_(std::move(head)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (at_ == head_.size()) return tar_.read(buffer);
    const std::size_t size = std::min(buffer.size(), head_.size() - at_);
    std::copy_n(head_.data() + at_, size, buffer.data());
    at_ += size;
    return size;
  }

 private:
  TarReader& tar_;
  std::string head_;
  std::size_t at_ = 0;
};

/// What was kept of an archive, as read_saved_image() asks for it.
class KeptMembers final : public BlobStore {
 public:
  explicit KeptMembers(const ArchiveMembers& members) : members_(members) {}

  bool has(std::string_view path) const override {
    const std::string name = resolved(path);
    return members_.files.find(name) != members_.files.end() ||
           members_.layers.find(name) != members_.layers.end();
  }
  Result<std::unique_ptr<archive::ByteStream>> open(std::string_view path) const override {
    const auto found = members_.files.find(resolved(path));
    if (found != members_.files.end()) return archive::memory_stream(found->second);
    return fail(ErrorCode::kNotFound, "it has no '" + std::string(path) + "'", name_);
  }
  std::optional<std::uint64_t> size(std::string_view path) const override {
    const std::string name = resolved(path);
    if (const auto file = members_.files.find(name); file != members_.files.end())
      return file->second.size();
    const auto found = members_.sizes.find(name);
    return found == members_.sizes.end() ? std::nullopt : std::optional(found->second);
  }
  const std::string& name() const override { return name_; }

  /// Links between members are followed.
  [[nodiscard]] std::string resolved(std::string_view path) const {
    std::string name = path_in_image(path);
    for (int hops = 0; hops < kMostHops; ++hops) {
      const auto link = members_.links.find(name);
      if (link == members_.links.end()) break;
      name = link->second;
    }
    return name;
  }

 private:
  const ArchiveMembers& members_;
  std::string name_ = "the archive";
};

bool looks_like_json(std::string_view head) {
  const std::string_view text = ascii::trim(head);
  return text.starts_with('{') || text.starts_with('[');
}

class Reading {
 public:
  Reading(TarReader& tar, const Analysers& analysers) : tar_(tar), analysers_(analysers) {}

  Result<void> walk() {
    std::size_t members = 0;
    while (true) {
      const auto entry = tar_.next();
      if (!entry) return tl::unexpected(entry.error());
      if (!*entry) return {};
      if (++members > LayerLimits().most_files) {
        return fail(ErrorCode::kLimit, "more than a million members");
      }
      if (auto taken = take(**entry); !taken) return taken;
    }
  }

  ArchiveMembers kept;

 private:
  Result<void> take(const Entry& entry) {
    const std::string name = path_in_image(entry.path);
    forget(name);  // of two members of one name the last holds, as with `docker load`
    if (entry.type == Entry::Type::kSymbolicLink) {
      kept.links[name] = path_in_image(path::join(path::folder('/' + name), entry.link));
    }
    if (entry.type == Entry::Type::kHardLink) kept.links[name] = path_in_image(entry.link);
    if (entry.type != Entry::Type::kFile) return {};
    std::string head(kHead, '\0');
    const auto got = fill(head);
    if (!got) return got;
    if (looks_like_json(head) || name == "oci-layout") {
      if (entry.size > kLargestJson) return {};
      std::string text = std::move(head);
      const std::size_t begun = text.size();
      text.resize(static_cast<std::size_t>(entry.size));
      std::string rest = text.substr(begun);
      if (auto read = fill(rest); !read) return read;
      text.resize(begun);
      text += rest;
      bytes_ += text.size();
      if (bytes_ > kMostKept) return fail(ErrorCode::kLimit, "it says too much of itself");
      kept.files[name] = std::move(text);
      return {};
    }
    if (!looks_like_layer(head)) return {};
    kept.sizes[name] = entry.size;
    kept.layers[name] =
        analyse({.stream = std::make_unique<MemberStream>(tar_, std::move(head)), .folder = {}},
                analysers_);
    return {};
  }

  /// As much as there is; the rest is cut off.
  Result<void> fill(std::string& text) {
    std::size_t filled = 0;
    while (filled < text.size()) {
      const auto got = tar_.read(std::span(text).subspan(filled));
      if (!got) return tl::unexpected(got.error());
      if (*got == 0) break;
      filled += *got;
    }
    text.resize(filled);
    return {};
  }

  void forget(const std::string& name) {
    kept.files.erase(name);
    kept.layers.erase(name);
    kept.sizes.erase(name);
    kept.links.erase(name);
  }

  static bool looks_like_layer(std::string_view head) {
    if (archive::compression_of(head) != archive::Compression::kNone || is_tar_header(head))
      return true;
    return !head.empty() && head.find_first_not_of('\0') == std::string_view::npos;  // an empty tar
  }

  TarReader& tar_;
  const Analysers& analysers_;
  std::size_t bytes_ = 0;
};

}  // namespace

ArchiveMembers read_members(std::unique_ptr<archive::ByteStream> stream,
                            const Analysers& analysers) {
  auto unpacked = archive::decompress(std::move(stream));
  if (!unpacked) {
    ArchiveMembers none;
    none.problems.push_back(std::move(unpacked.error()));
    return none;
  }
  TarReader tar(**unpacked);
  Reading reading(tar, analysers);
  if (auto walked = reading.walk(); !walked) {
    reading.kept.problems.push_back(std::move(walked.error()));
  }
  return std::move(reading.kept);
}

Result<ReadArchive> image_of(ArchiveMembers members, const Choice& choice) {
  if (!members.problems.empty()) return tl::unexpected(std::move(members.problems.front()));
  const KeptMembers kept(members);
  auto image = read_saved_image(kept, choice);
  if (!image) return tl::unexpected(std::move(image.error()));
  ReadArchive archive{.image = *std::move(image), .layers = {}};
  for (const Layer& layer : archive.image.layers) {
    const auto found = members.layers.find(kept.resolved(layer.path));
    if (found == members.layers.end()) {
      LayerAnalysis& missing = archive.layers.emplace_back();
      missing.content.problems.push_back(
          {ErrorCode::kInvalid, "it is no layer that can be read", layer.path});
    } else {
      archive.layers.push_back(found->second);  // a copy: it may stand twice in an image
    }
  }
  return archive;
}

}  // namespace plimsoll::image
