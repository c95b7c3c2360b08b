#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/image_reference.h"

namespace plimsoll::base {

/// What going from one base image to another changes, the cheapest first.
enum class Step : std::uint8_t {
  kRefresh,       ///< the same tag, built later
  kPatch,         ///< the same release line
  kSlim,          ///< the same release with less in it
  kMinor,         ///< the next release of the same major one
  kDistribution,  ///< a later release of the distribution below
  kAlpine,        ///< the same runtime on Alpine
  kMajor,         ///< a later major release
  kDistroless,    ///< the same runtime without a distribution around it
};
[[nodiscard]] std::string_view to_string(Step step);
/// What to mind, one line without full stop.
[[nodiscard]] std::string_view caveat(Step step);
/// How much work it is, for ranking: 1 is a rebuild.
[[nodiscard]] double effort(Step step);

/// An image by name, and what the image itself says.
struct Named {
  ImageReference reference;
  std::string os;                      ///< "debian 12"; "" when that is not known
  std::vector<std::uint32_t> version;  ///< of the runtime: {3, 13, 9} of python:3; may be empty
};

/// The steps from one base image to another of the same runtime, each once, in order. Those of a
/// refresh also tell what else the tag now stands for: another release, another distribution. None
/// at all where both names are of one release line, as 3.11 and 3.11.9 are. Nothing when the other
/// is no alternative: an older or another image, a larger flavour, another variant, a tag that may
/// be of any release.
[[nodiscard]] std::optional<std::vector<Step>> steps_between(const Named& from, const Named& to);

}  // namespace plimsoll::base
