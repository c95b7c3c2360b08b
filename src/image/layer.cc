#include "image/layer.h"

#include <algorithm>
#include <optional>
#include <utility>

#define XXH_STATIC_LINKING_ONLY  // a state that needs no memory of its own
#include <xxhash.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>  // the widest instructions that this processor has
#endif

#include "archive/decompress.h"
#include "archive/sha256.h"
#include "core/path.h"
#include "image/folder_reader.h"
#include "image/layers_in_turns.h"
#include "image/tar.h"

namespace plimsoll::image {
namespace {

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";
constexpr std::size_t kPiece = 256U << 10U;
constexpr std::uint64_t kLargeFile = 8U << 20U;

/// The bytes of a layer as they are stored and as they unpack, with a sum of each. What is stored
/// waits until there is content beside which its sum costs nearly nothing.
class LayerSums {
 public:
  explicit LayerSums(const LayerReading& how) : how_(how) {}
  void stored(std::string_view bytes) {
    if (!how_.sums_stored) return;
    if (done_ == waiting_.size() || waiting_.size() > kPiece) finish();
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  }
  void content(std::string_view bytes) {
    const std::string_view beside = bytes.substr(0, waiting_.size() - done_);
    if (!beside.empty()) done_ += of_content_.add_beside(beside, of_stored_, waiting());
    bytes.remove_prefix(beside.size());
    if (how_.in_turns == nullptr) return of_content_.add(bytes);
    how_.in_turns->sums.add(of_content_, bytes);
  }
  /// Once, when there is no more of either.
  std::string digest_of_stored() {
    if (!how_.sums_stored) return {};
    finish();
    return of_stored_.digest();
  }
  std::string digest_of_content() { return of_content_.digest(); }

 private:
  [[nodiscard]] std::string_view waiting() const {
    return std::string_view(waiting_.data(), waiting_.size()).substr(done_);
  }
  void finish() {
    of_stored_.add(waiting());
    waiting_.clear();
    done_ = 0;
  }

  LayerReading how_;
  archive::Sha256 of_stored_;
  archive::Sha256 of_content_;
  std::vector<char> waiting_;
  std::size_t done_ = 0;  ///< of them
};

/// Passes on what is stored.
class Stored final : public archive::ByteStream {
 public:
  Stored(archive::ByteStream& source, LayerSums& sums) : source_(source), sums_(&sums) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    const auto got = source_.read(buffer);
    if (got && sums_ != nullptr) sums_->stored({buffer.data(), *got});
    return got;
  }
  /// What follows is passed on only.
  void stop() { sums_ = nullptr; }

 private:
  archive::ByteStream& source_;
  LayerSums* sums_;
};

/// Passes on the content, with a sum of it.
class Content final : public archive::ByteStream {
 public:
  Content(archive::Decompressed& source, LayerSums& sums) : source_(source), sums_(sums) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    if (auto more = refill(); !more) return tl::unexpected(std::move(more.error()));
    const std::size_t size = std::min(buffer.size(), left_.size());
    std::copy_n(left_.data(), size, buffer.data());
    left_.remove_prefix(size);
    return size;
  }
  Result<void> skip(std::uint64_t bytes) override {
    while (bytes > 0) {
      if (auto more = refill(); !more) return more;
      if (left_.empty()) return fail(ErrorCode::kInvalid, "it ends before it should");
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, left_.size()));
      left_.remove_prefix(size);
      bytes -= size;
    }
    return {};
  }

 private:
  Result<void> refill() {
    if (!left_.empty()) return {};
    const auto more = source_.next();
    if (!more) return tl::unexpected(more.error());
    left_ = *more;
    sums_.content(left_);
    return {};
  }

  archive::Decompressed& source_;
  LayerSums& sums_;
  std::string_view left_;  ///< of the piece that is passed on
};

/// Reads to the end, so that a digest is of all bytes.
Result<void> drain(archive::ByteStream& stream) {
  std::vector<char> scratch(kPiece);
  while (true) {
    const auto got = stream.read(scratch);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return {};
  }
}

std::string_view folder_of(std::string_view path) {
  const std::string_view folder = path::folder(path);
  return folder == "." ? std::string_view() : folder;
}

/// Takes entries and their contents into LayerEntries.
class Reading {
 public:
  Reading(ContentReaders readers, const LayerLimits& limits, LayersInTurns* in_turns = nullptr)
      : readers_(readers), limits_(limits), in_turns_(in_turns), buffer_(kPiece) {}

  /// Until the end, or the first error.
  Result<void> walk(EntryReader& source) {
    std::size_t files = 0;
    while (true) {
      auto entry = source.next();
      if (!entry) return tl::unexpected(std::move(entry.error()));
      if (!*entry) return {};
      if (++files > limits_.most_files) {
        return fail(ErrorCode::kLimit,
                    "more than " + std::to_string(limits_.most_files) + " files in a layer");
      }
      if ((*entry)->path.size() > limits_.longest_path) {
        content.problems.push_back({ErrorCode::kLimit, "a path is too long"});
        continue;
      }
      if (auto taken = take(**std::move(entry), source); !taken) return taken;
    }
  }

  LayerEntries content;

 private:
  Result<void> take(Entry entry, EntryReader& source) {
    entry.path = path_in_image(entry.path);
    const std::string_view name = path::name(entry.path);
    if (name == kOpaque) {
      content.emptied.emplace_back(folder_of(entry.path));
      return {};
    }
    // `.wh..wh.x` are files of the storage driver; a mark without a name, or for "." and "..",
    // removes nothing.
    if (name.starts_with(kWhiteout)) {
      const std::string_view target = name.substr(kWhiteout.size());
      if (!target.empty() && target != "." && target != ".." && !target.starts_with(kWhiteout)) {
        content.removed.push_back(path_in_image(path::join(folder_of(entry.path), target)));
      }
      return {};
    }
    content.bytes += entry.size;
    auto read = entry.type == Entry::Type::kFile ? pass(entry, source) : Result<void>();
    content.entries.push_back(std::move(entry));
    return read;
  }

  /// The content, to whoever wants it. The header may lie about the size: what comes counts.
  Result<void> pass(Entry& entry, EntryReader& source) {
    XXH3_64bits_reset(&sum_);
    wanting_.clear();
    bool first = true;
    std::optional<Exclusive::Hold> hold;
    Result<void> result;
    while (true) {
      const auto got = fill(source);
      if (!got) {
        result = tl::unexpected(got.error());
        break;
      }
      const std::string_view piece(buffer_.data(), *got);
      if (first) {
        for (const auto& reader : readers_) {
          if (reader->begin(entry, piece)) wanting_.push_back(reader.get());
        }
        first = false;
        if (in_turns_ != nullptr && is_large_and_kept(entry)) hold.emplace(in_turns_->large_file);
      }
      if (piece.empty()) break;
      XXH3_64bits_update(&sum_, piece.data(), piece.size());
      for (ContentReader* reader : wanting_) reader->piece(piece);
      if (piece.size() < buffer_.size()) break;
    }
    entry.sum = entry.size == 0 ? 0 : XXH3_64bits_digest(&sum_);
    for (ContentReader* reader : wanting_) reader->end(entry, result.has_value());
    return result;
  }

  [[nodiscard]] bool is_large_and_kept(const Entry& entry) const {
    return entry.size > kLargeFile &&
           std::any_of(wanting_.begin(), wanting_.end(),
                       [](const ContentReader* reader) { return reader->keeps_all(); });
  }

  /// As much of the content as the buffer holds, so that a head is as long as it can be.
  Result<std::size_t> fill(EntryReader& source) {
    std::size_t filled = 0;
    while (filled < buffer_.size()) {
      const auto got = source.read(std::span(buffer_).subspan(filled));
      if (!got) return got;
      if (*got == 0) break;
      filled += *got;
    }
    return filled;
  }

  ContentReaders readers_;
  const LayerLimits& limits_;
  LayersInTurns* in_turns_;
  std::vector<char> buffer_;
  std::vector<ContentReader*> wanting_;
  XXH3_state_t sum_{};
};

LayerEntries broken(Error error) {
  LayerEntries content;
  content.problems.push_back(std::move(error));
  return content;
}

}  // namespace

std::string path_in_image(std::string_view path) {
  const std::string normal = path::normalize('/' + std::string(path));
  return normal.substr(std::min<std::size_t>(1, normal.size()));
}

LayerEntries read_layer(std::unique_ptr<archive::ByteStream> stream, ContentReaders readers,
                        const LayerReading& how, const LayerLimits& limits) {
  LayerSums sums(how);
  auto packed = std::make_unique<Stored>(*stream, sums);
  Stored& stored = *packed;
  auto unpacked = archive::decompress(std::move(packed));
  if (!unpacked) return broken(std::move(unpacked.error()));
  const bool is_packed = (*unpacked)->compression() != archive::Compression::kNone;
  if (!is_packed) stored.stop();  // one digest of the same bytes is enough
  Content summed(**unpacked, sums);
  TarReader tar(summed);
  Reading reading(readers, limits, how.in_turns);
  auto walked = reading.walk(tar);
  // A digest is of all bytes, also of those behind the end of the tar.
  if (walked) {
    if (auto rest = tar.drain(); !rest) walked = tl::unexpected(std::move(rest.error()));
  }
  if (walked) walked = drain(stored);
  if (walked) {
    reading.content.diff_id = sums.digest_of_content();
    reading.content.stored = is_packed ? sums.digest_of_stored() : reading.content.diff_id;
  } else {
    reading.content.problems.push_back(std::move(walked.error()));
  }
  return std::move(reading.content);
}

LayerEntries read_folder_layer(const std::string& folder, ContentReaders readers,
                               const LayerLimits& limits) {
  auto source = FolderReader::open(folder);
  if (!source) return broken(std::move(source.error()));
  Reading reading(readers, limits);
  if (auto walked = reading.walk(**source); !walked) {
    reading.content.problems.push_back(std::move(walked.error()));
  }
  for (Error& problem : (*source)->take_problems()) {
    reading.content.problems.push_back(std::move(problem));
  }
  return std::move(reading.content);
}

}  // namespace plimsoll::image
