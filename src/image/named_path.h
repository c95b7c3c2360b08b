#pragma once

#include <string>

#include "core/file_system.h"
#include "image/image_source.h"

namespace plimsoll::image {

/// A path, and perhaps the image in it that is meant: "app.tar:app:1", as skopeo spells it.
struct NamedPath {
  std::string path;
  std::string name;  ///< "": the request's own choice
};

/// What exists decides: a path may hold colons itself.
[[nodiscard]] inline NamedPath named_path(const FileSystem& files, const std::string& text) {
  for (std::size_t colon = text.find(':'); colon != std::string::npos;
       colon = text.find(':', colon + 1)) {
    if (files.kind(text, true)) break;
    if (files.kind(text.substr(0, colon), true)) {
      return {text.substr(0, colon), text.substr(colon + 1)};
    }
  }
  return {text, {}};
}

}  // namespace plimsoll::image
