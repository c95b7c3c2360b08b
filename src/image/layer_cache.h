#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/byte_stream.h"
#include "image/layer_analysis.h"
#include "image/saved_image.h"

namespace plimsoll::image {

/// What layers told before, so that a base that many images share is read once. One file per layer
/// in a folder of the user's own; files of another version of the analysers are as good as none.
/// Everything may fail in silence: a cache only saves time. Several processes may share it.
class LayerCache {
 public:
  /// @param version  of the analysers and of how they were told to look
  LayerCache(std::string folder, std::uint64_t version)
      : folder_(std::move(folder)), version_(version) {}

  [[nodiscard]] std::optional<LayerAnalysis> find(std::string_view diff_id) const;
  /// Only what is whole: a layer that broke is read again.
  void keep(std::string_view diff_id, const LayerAnalysis& analysis) const;

  /// What an image says of its layers is not believed: whether these bytes were seen to be the
  /// layer. Without reading them where a file is the one that was read then (device, number, size
  /// and times), or where the stream compares itself with the digest that was seen then.
  [[nodiscard]] bool is_proven(const Layer& layer, const archive::ByteStream& stream) const;
  /// The same by reading a file's bytes, which is remembered. @param stream  is used up
  [[nodiscard]] bool prove(const Layer& layer, archive::ByteStream& stream) const;
  /// The stored bytes were read: they are the layer.
  void know(const Layer& layer, const archive::ByteStream& stream, std::string_view stored) const;
  /// Removes those that were not asked for the longest until at most so many bytes are left.
  void shrink(std::uint64_t most_bytes) const;

 private:
  std::string folder_;
  std::uint64_t version_;
};

inline constexpr std::uint64_t kMostCachedBytes = 1ULL << 30U;

/// Of the analysers in this program, told so: another one for every change of theirs.
[[nodiscard]] std::uint64_t analysis_version(const AnalysisSettings& settings);

}  // namespace plimsoll::image
