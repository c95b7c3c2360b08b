#pragma once

#include <cstdint>
#include <string_view>

#include "image/package_reader.h"
#include "parse/image_reference.h"

namespace plimsoll::image {

/// Adds what a configuration says to run or to build on. The version is the digest where one is
/// written, since it decides what is pulled, else the tag. What is no reference is left out.
inline void add_image(std::string_view reference, std::uint32_t line, PackageList& list) {
  const auto image = parse_image_reference(reference);
  if (!image) return;
  const std::string_view version =
      image->digest.empty() ? image->effective_tag() : std::string_view(image->digest);
  list.add(image->familiar_name(), version, line);
}

}  // namespace plimsoll::image
