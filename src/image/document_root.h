#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "image/package_file.h"

namespace plimsoll::image {

/// A file's root that has at least one of `keys`.
/// @error kInvalid  something else than `what`
[[nodiscard]] inline Result<const Node*> with_any_of(
    Result<const Node*> root, std::initializer_list<std::string_view> keys, std::string_view what,
    const PackageFile& file) {
  if (!root) return root;
  for (const std::string_view key : keys) {
    if ((*root)->find(key) != nullptr) return root;
  }
  return fail(ErrorCode::kInvalid,
              "no " + std::string(what) + ": it has no '" + std::string(*keys.begin()) + '\'',
              file.path());
}

/// The one object of a JSON file that has at least one of `keys`.
/// @error kInvalid  no JSON, or something else than `what`
[[nodiscard]] inline Result<const Node*> json_object(PackageFile& file, std::string_view what,
                                                     std::initializer_list<std::string_view> keys) {
  return with_any_of(file.json(), keys, what, file);
}

/// The same of a TOML file.
[[nodiscard]] inline Result<const Node*> toml_document(
    PackageFile& file, std::string_view what, std::initializer_list<std::string_view> keys) {
  return with_any_of(file.toml(), keys, what, file);
}

}  // namespace plimsoll::image
