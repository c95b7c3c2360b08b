#include "image/archive_stream.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "image/decompress.h"
#include "image/tar.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kHead = 512;               // shows what a member is
constexpr std::size_t kLargestJson = 4U << 20U;  // as read_saved_image() takes it
constexpr std::size_t kMostKept = 64U << 20U;    // of all of them
constexpr int kMostHops = 40;

/// The member of a tar that is read just now, from its first byte although some were looked at.
class MemberStream final : public ByteStream {
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
  bool has(std::string_view path) const override {
    const std::string name = resolved(path);
    return files.find(name) != files.end() || layers.find(name) != layers.end();
  }
  Result<std::unique_ptr<ByteStream>> open(std::string_view path) const override {
    const auto found = files.find(resolved(path));
    if (found != files.end()) return memory_stream(found->second);
    return fail(ErrorCode::kNotFound, "it has no '" + std::string(path) + "'", name_);
  }
  std::optional<std::uint64_t> size(std::string_view path) const override {
    const std::string name = resolved(path);
    if (const auto file = files.find(name); file != files.end()) return file->second.size();
    const auto found = sizes.find(name);
    return found == sizes.end() ? std::nullopt : std::optional(found->second);
  }
  const std::string& name() const override { return name_; }

  /// Links between members are followed.
  [[nodiscard]] std::string resolved(std::string_view path) const {
    std::string name = path_in_image(path);
    for (int hops = 0; hops < kMostHops; ++hops) {
      const auto link = links.find(name);
      if (link == links.end()) break;
      name = link->second;
    }
    return name;
  }

  std::map<std::string, std::string, std::less<>> files;
  std::map<std::string, LayerAnalysis, std::less<>> layers;
  std::map<std::string, std::uint64_t, std::less<>> sizes;  ///< of layers, as they are stored
  std::map<std::string, std::string, std::less<>> links;

 private:
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

  KeptMembers kept;

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
    if (compression_of(head) != Compression::kNone || is_tar_header(head)) return true;
    return !head.empty() && head.find_first_not_of('\0') == std::string_view::npos;  // an empty tar
  }

  TarReader& tar_;
  const Analysers& analysers_;
  std::size_t bytes_ = 0;
};

}  // namespace

Result<ReadArchive> read_archive_stream(std::unique_ptr<ByteStream> stream, const Choice& choice,
                                        const Analysers& analysers) {
  auto unpacked = decompress(std::move(stream));
  if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
  TarReader tar(**unpacked);
  Reading reading(tar, analysers);
  if (auto walked = reading.walk(); !walked) return tl::unexpected(std::move(walked.error()));
  auto image = read_saved_image(reading.kept, choice);
  if (!image) return tl::unexpected(std::move(image.error()));
  ReadArchive archive{.image = *std::move(image), .layers = {}};
  for (const Layer& layer : archive.image.layers) {
    const auto found = reading.kept.layers.find(reading.kept.resolved(layer.path));
    if (found == reading.kept.layers.end()) {
      LayerAnalysis& missing = archive.layers.emplace_back();
      missing.content.problems.push_back(
          {ErrorCode::kInvalid, "it is no layer that can be read", layer.path});
    } else {
      // One layer may stand twice in an image: a copy of each but the last would be waste.
      archive.layers.push_back(found->second);
    }
  }
  return archive;
}

}  // namespace plimsoll::image
