#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace plimsoll::image {

/// As std::string_view::find(), which looks at every place where the first byte stands: of letters
/// there are many in a program. `wanted` is not empty.
[[nodiscard]] inline std::size_t find_bytes(std::string_view bytes, std::string_view wanted,
                                            std::size_t from = 0) {
  if (from >= bytes.size()) return std::string_view::npos;
  const std::string_view rest = bytes.substr(from);
  const void* found = ::memmem(rest.data(), rest.size(), wanted.data(), wanted.size());
  if (found == nullptr) return std::string_view::npos;
  return from + static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
}

}  // namespace plimsoll::image
