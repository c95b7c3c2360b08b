#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "image/package_file.h"

namespace plimsoll::image {

/// The one object of a JSON file that has at least one of `keys`.
/// @error kInvalid  no JSON, or something else than `what`
[[nodiscard]] inline Result<const Node*> json_object(PackageFile& file, std::string_view what,
                                                     std::initializer_list<std::string_view> keys) {
  auto root = file.json();
  if (!root) return root;
  for (const std::string_view key : keys) {
    if ((*root)->find(key) != nullptr) return root;
  }
  return fail(ErrorCode::kInvalid,
              "no " + std::string(what) + ": it has no '" + std::string(*keys.begin()) + '\'',
              file.path());
}

}  // namespace plimsoll::image
