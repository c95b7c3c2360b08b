#include "image/layer_cache.h"

#include <sys/stat.h>

#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "archive/sha256.h"
#include "image/analysis_version.h"
#include "image/byte_cache.h"
#include "image/wire.h"

namespace plimsoll::image {
namespace {

/// The hexadecimal part of "sha256:…"; "" of anything else.
std::string_view name_of(std::string_view diff_id) {
  constexpr std::string_view kAlgorithm = "sha256:";
  return diff_id.starts_with(kAlgorithm) ? diff_id.substr(kAlgorithm.size()) : std::string_view();
}

/// The name under which it is kept that these stored bytes are the layer.
std::string proof_of_bytes(std::string_view stored, std::string_view diff_id) {
  return archive::sha256_of("bytes " + std::string(stored) + ' ' + std::string(diff_id)).substr(7);
}

/// The same of a file. "" for what is no file.
std::string proof_of_file(const Layer& layer, const archive::ByteStream& stream) {
  const auto range = stream.range();
  struct stat about {};
  if (!range || ::fstat(range->descriptor, &about) != 0) return {};
  std::string text = "file " + layer.digest + ' ' + layer.diff_id;
  for (const std::uint64_t number :
       {static_cast<std::uint64_t>(about.st_dev), static_cast<std::uint64_t>(about.st_ino),
        static_cast<std::uint64_t>(about.st_size), static_cast<std::uint64_t>(about.st_mtim.tv_sec),
        static_cast<std::uint64_t>(about.st_mtim.tv_nsec),
        static_cast<std::uint64_t>(about.st_ctim.tv_sec),
        static_cast<std::uint64_t>(about.st_ctim.tv_nsec), range->offset, range->size}) {
    text += ' ' + std::to_string(number);
  }
  return archive::sha256_of(text).substr(7);
}

}  // namespace

std::uint64_t analysis_version(const AnalysisSettings& settings) {
  const std::string all = kAnalysisSources + to_bytes(settings);
  return XXH3_64bits(all.data(), all.size());
}

std::optional<LayerAnalysis> LayerCache::find(std::string_view diff_id) const {
  const auto bytes = ByteCache(folder_, version_).find(name_of(diff_id));
  if (!bytes) return std::nullopt;
  auto analysis = from_bytes<LayerAnalysis>(*bytes);
  if (!analysis || analysis->content.diff_id != diff_id) return std::nullopt;
  return *std::move(analysis);
}

void LayerCache::keep(std::string_view diff_id, const LayerAnalysis& analysis) const {
  if (analysis.content.diff_id != diff_id || !analysis.content.problems.empty()) return;
  ByteCache(folder_, version_).keep(name_of(diff_id), to_bytes(analysis));
}

bool LayerCache::is_proven(const Layer& layer, const archive::ByteStream& stream) const {
  const ByteCache cache(folder_, version_);
  if (stream.is_checked()) {
    return !layer.digest.empty() && cache.find(proof_of_bytes(layer.digest, layer.diff_id));
  }
  const std::string proof = proof_of_file(layer, stream);
  return !proof.empty() && cache.find(proof);
}

bool LayerCache::prove(const Layer& layer, archive::ByteStream& stream) const {
  const std::string proof = proof_of_file(layer, stream);
  if (proof.empty()) return false;
  archive::Sha256 sum;
  std::vector<char> buffer(256U << 10U);
  while (true) {
    const auto got = stream.read(buffer);
    if (!got) return false;
    if (*got == 0) break;
    sum.add({buffer.data(), *got});
  }
  const std::string stored = sum.digest();
  if (!layer.digest.empty() && layer.digest != stored) return false;
  const ByteCache cache(folder_, version_);
  if (stored != layer.diff_id && !cache.find(proof_of_bytes(stored, layer.diff_id))) return false;
  cache.keep(proof, {});
  return true;
}

void LayerCache::know(const Layer& layer, const archive::ByteStream& stream,
                      std::string_view stored) const {
  const ByteCache cache(folder_, version_);
  cache.keep(proof_of_bytes(stored, layer.diff_id), {});
  if (const std::string proof = proof_of_file(layer, stream); !proof.empty()) {
    cache.keep(proof, {});
  }
}

void LayerCache::shrink(std::uint64_t most_bytes) const {
  ByteCache(folder_, version_).shrink(most_bytes);
}

}  // namespace plimsoll::image
