#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "image/archive_stream.h"
#include "image/image_answer.h"
#include "image/layer_analysis.h"
#include "image/sbom_content.h"

/// What layers and images told, as bytes: for caches, and between a worker and who asks it.
namespace plimsoll::image {

/// Of LayerAnalysis, PackageReadings, ArchiveMembers, WantedReaders, AnalysisSettings, ImageAnswer,
/// SbomReading.
template <class T>
[[nodiscard]] std::string to_bytes(const T& value);
/// Any bytes are answered; a list that claims to be longer than what is left is none.
/// @error kInvalid  not what to_bytes() of this program makes
template <class T>
[[nodiscard]] Result<T> from_bytes(std::string_view bytes);

}  // namespace plimsoll::image
