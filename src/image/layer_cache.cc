#include "image/layer_cache.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

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

}  // namespace

std::uint64_t analysis_version(const AnalysisSettings& settings) {
  const std::string all = kAnalysisSources + to_bytes(settings);
  return XXH3_64bits(all.data(), all.size());
}

std::optional<LayerAnalysis> LayerCache::find(std::string_view diff_id) const {
  const auto bytes = ByteCache(folder_, version_).find(name_of(diff_id));
  if (!bytes) return std::nullopt;
  auto analysis = analysis_of_bytes(*bytes);
  if (!analysis || analysis->content.diff_id != diff_id) return std::nullopt;
  return *std::move(analysis);
}

void LayerCache::keep(std::string_view diff_id, const LayerAnalysis& analysis) const {
  if (analysis.content.diff_id != diff_id || !analysis.content.problems.empty()) return;
  ByteCache(folder_, version_).keep(name_of(diff_id), to_bytes(analysis));
}

void LayerCache::shrink(std::uint64_t most_bytes) const {
  ByteCache(folder_, version_).shrink(most_bytes);
}

}  // namespace plimsoll::image
