#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "image/archive_stream.h"
#include "image/image_answer.h"
#include "image/layer_analysis.h"

/// What a layer told, as bytes: for the cache, and from a worker to who asked it.
namespace plimsoll::image {

[[nodiscard]] std::string to_bytes(const LayerAnalysis& analysis);
/// Any bytes are answered; a list that claims to be longer than what is left is none.
/// @error kInvalid  not what to_bytes() of this program makes
[[nodiscard]] Result<LayerAnalysis> analysis_of_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const PackageReadings& readings);
/// @error kInvalid
[[nodiscard]] Result<PackageReadings> readings_of_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const ArchiveMembers& members);
/// @error kInvalid
[[nodiscard]] Result<ArchiveMembers> members_of_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const WantedReaders& wanted);
/// @error kInvalid
[[nodiscard]] Result<WantedReaders> wanted_of_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const ImageAnswer& answer);
/// @error kInvalid
[[nodiscard]] Result<ImageAnswer> answer_of_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const AnalysisSettings& settings);
/// @error kInvalid
[[nodiscard]] Result<AnalysisSettings> settings_of_bytes(std::string_view bytes);

}  // namespace plimsoll::image
