#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image/inventory.h"

namespace plimsoll::image {

/// Bytes of an image that one edit of its Dockerfile would save. No byte is in two groups.
struct WasteGroup {
  enum class Kind : std::uint8_t {
    kRemovedLater,   ///< of files that a later layer removed
    kReplacedLater,  ///< of files that a later layer wrote anew
    kCaches,         ///< what package managers keep for the next time
    kDevelopment,    ///< packages that only builds need
    kDuplicates,     ///< further copies of a content
    kDocumentation,  ///< manuals, changelogs, examples
    kLocales,        ///< translations
  };
  Kind kind = Kind::kRemovedLater;
  std::uint64_t bytes = 0;
  std::size_t files = 0;
  std::size_t layer = 0;           ///< index of the one that carries most of these bytes
  std::vector<std::string> paths;  ///< a few, the largest first
  std::string what;                ///< of a group that is about a tool: "apt", "pip"
};
/// "removed by a later layer", for people.
[[nodiscard]] std::string_view to_string(WasteGroup::Kind kind);
/// The name that reports use: "removed-later".
[[nodiscard]] std::string_view id(WasteGroup::Kind kind);
/// What to do about it, imperative.
[[nodiscard]] std::string advice(const WasteGroup& group);

struct LayerSize {
  std::uint64_t bytes = 0;   ///< of its files
  std::uint64_t hidden = 0;  ///< of those that no container sees
};

struct Waste {
  std::uint64_t bytes = 0;         ///< of the files of all layers
  std::uint64_t hidden = 0;        ///< of those that no container sees
  std::vector<LayerSize> layers;   ///< as the image's
  std::vector<WasteGroup> groups;  ///< those that save most first
  /// Of programs and libraries that nothing which the image starts can ever load; also of groups.
  /// Nothing where that is not certain.
  std::optional<std::uint64_t> unreachable_bytes;
  /// Share of the bytes that a container sees: 1 where nothing is stored twice or for nothing.
  [[nodiscard]] double efficiency() const;
  /// Of all groups.
  [[nodiscard]] std::uint64_t saved() const;
};

[[nodiscard]] Waste find_waste(const Inventory& inventory);

}  // namespace plimsoll::image
