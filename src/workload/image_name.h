#pragma once

#include <compare>
#include <string_view>

#include "parse/image_reference.h"

namespace plimsoll {

/// What facts about images are keyed by. Views into the reference or text it was made of.
struct ImageName {
  std::string_view registry;    ///< "" for the Hub
  std::string_view repository;  ///< without "library/"
  friend constexpr auto operator<=>(ImageName, ImageName) = default;

  /// Whether `familiar` ("node", "ghcr.io/x/y") is this name.
  [[nodiscard]] bool is(std::string_view familiar) const;
};

/// Mirrors of the Hub (mirror.gcr.io, public.ecr.aws/docker/library) and its users per architecture
/// (arm64v8/…) are the same images, so they get the same name.
[[nodiscard]] ImageName image_name(const ImageReference& reference);
/// Of a familiar name in our own tables.
[[nodiscard]] ImageName image_name(std::string_view familiar);

}  // namespace plimsoll
