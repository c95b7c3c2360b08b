#include "image/layer.h"

#include <algorithm>
#include <utility>

#include "core/path.h"
#include "image/decompress.h"
#include "image/sha256.h"

namespace plimsoll::image {
namespace {

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";

/// Passes bytes on and adds them to a digest.
class Digested final : public ByteStream {
 public:
  explicit Digested(ByteStream& source) : source_(source) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const auto got = source_.read(buffer);
    if (got) sum_.add({buffer.data(), *got});
    return got;
  }
  std::string digest() { return sum_.digest(); }

 private:
  ByteStream& source_;
  Sha256 sum_;
};

class Reading {
 public:
  Reading(const Wanted& wanted, const LayerLimits& limits) : wanted_(wanted), limits_(limits) {}

  LayerContent run(std::unique_ptr<ByteStream> stream) {
    auto unpacked = decompress(std::move(stream));
    if (!unpacked) {
      content_.problems.push_back(std::move(unpacked.error()));
      return std::move(content_);
    }
    Digested digested(**unpacked);
    TarReader tar(digested);
    if (auto walked = walk(tar); !walked) {
      content_.problems.push_back(std::move(walked.error()));
      return std::move(content_);
    }
    // A digest is of all bytes, also of those behind the end of the tar.
    if (auto rest = tar.drain(); !rest) {
      content_.problems.push_back(std::move(rest.error()));
      return std::move(content_);
    }
    content_.diff_id = digested.digest();
    return std::move(content_);
  }

 private:
  Result<void> walk(TarReader& tar) {
    while (true) {
      const auto entry = tar.next();
      if (!entry) return tl::unexpected(entry.error());
      if (!*entry) return {};
      if (++content_.files > limits_.most_files) {
        return fail(ErrorCode::kLimit,
                    "more than " + std::to_string(limits_.most_files) + " files in a layer");
      }
      if ((*entry)->path.size() > limits_.longest_path) {
        content_.problems.push_back({ErrorCode::kLimit, "a path is too long"});
        continue;
      }
      if (auto taken = take(**entry, tar); !taken) return taken;
    }
  }

  Result<void> take(const TarEntry& entry, TarReader& tar) {
    std::string path = path_in_image(entry.path);
    content_.bytes += entry.size;
    const std::string_view name = path::name(path);
    if (name == kOpaque) {
      content_.emptied.emplace_back(folder_of(path));
      return {};
    }
    // `.wh..wh.x` are files of the storage driver; a mark without a name, or for "." and "..",
    // removes nothing.
    if (name.starts_with(kWhiteout)) {
      const std::string_view target = name.substr(kWhiteout.size());
      if (!target.empty() && target != "." && target != ".." && !target.starts_with(kWhiteout)) {
        content_.removed.push_back(path_in_image(path::join(folder_of(path), target)));
      }
      return {};
    }
    if (entry.type != TarEntry::Type::kFolder) content_.replaced.push_back(path);
    if (entry.type != TarEntry::Type::kFile || !wanted_(path)) return {};
    if (entry.size > limits_.most_kept_bytes) {
      content_.problems.push_back({ErrorCode::kLimit, "it is too large to be read", path});
      return {};
    }
    KeptFile file{std::move(path), {}};
    // The header may lie about the size: grow with what really comes.
    constexpr std::size_t kPiece = 64U << 10U;
    while (true) {
      const std::size_t old = file.bytes.size();
      file.bytes.resize(old + kPiece);
      const auto got = tar.read(std::span(file.bytes).subspan(old));
      if (!got) return tl::unexpected(got.error());
      file.bytes.resize(old + *got);
      if (*got == 0) break;
    }
    content_.kept.push_back(std::move(file));
    return {};
  }

  static std::string_view folder_of(std::string_view path) {
    const std::string_view folder = path::folder(path);
    return folder == "." ? std::string_view() : folder;
  }

  const Wanted& wanted_;
  const LayerLimits& limits_;
  LayerContent content_;
};

}  // namespace

std::string path_in_image(std::string_view path) {
  const std::string normal = path::normalize('/' + std::string(path));
  return normal.substr(std::min<std::size_t>(1, normal.size()));
}

LayerContent read_layer(std::unique_ptr<ByteStream> stream, const Wanted& wanted,
                        const LayerLimits& limits) {
  return Reading(wanted, limits).run(std::move(stream));
}

}  // namespace plimsoll::image
