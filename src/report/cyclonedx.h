#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/sbom.h"

/// What CycloneDX's versions and encodings have in common.
/// Source: https://cyclonedx.org/docs/1.6/json/
namespace plimsoll::report::cyclonedx {

/// Names are ours, but for those that other tools look packages up with.
using Properties = std::vector<std::pair<std::string_view, std::string>>;
[[nodiscard]] Properties properties_of(const ImageSummary& image);
[[nodiscard]] Properties properties_of(const Package& package);
/// How old the advisories are that it was compared with, and what they say nothing of; none while
/// it was compared with none.
[[nodiscard]] Properties properties_of(const Document& document);

[[nodiscard]] std::string image_ref(const ImageSummary& image);
/// "" when nothing says which it is.
[[nodiscard]] std::string os_ref(const Sbom& sbom);

/// An expression may stand alone only; beside others it is a name.
[[nodiscard]] bool is_one_expression(const std::vector<SbomLicense>& licenses);

/// "SHA-256"; "" for what is no digest of its kinds.
[[nodiscard]] std::string_view hash_name(const SbomDigest& digest);

/// @param version  "1.5", "1.6"
[[nodiscard]] std::string to_json(const Document& document, std::string_view version);

}  // namespace plimsoll::report::cyclonedx
