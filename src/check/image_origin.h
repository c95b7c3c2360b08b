#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "image/inventory.h"

/// Where in an image something comes from, and one finding about many of its files.
namespace plimsoll::check {

/// "3f2a9c0d11ee" of "sha256:3f2a9c0d11ee…", as people name layers; "" without a digest.
[[nodiscard]] std::string short_digest(std::string_view diff_id);

/// The lowest layer of this diff id.
[[nodiscard]] std::optional<std::uint32_t> layer_of(const image::Inventory& image,
                                                    std::string_view diff_id);

/// Evidence of the layer, and of the instruction that made it as far as the history tells.
void add_origin(Finding& finding, const image::Inventory& image, std::uint32_t layer);

/// Something of an image that a finding is about.
struct ImageItem {
  std::string name;  ///< a path from the root, without leading slash; or a package
  std::optional<std::uint32_t> layer;
  std::string detail = {};  ///< what else to know: "mode 4755"
};

inline constexpr std::size_t kMostShownItems = 20;

/// "'/usr/bin/su', '/usr/bin/mount', '/usr/bin/umount' and 9 more".
[[nodiscard]] std::string name_paths(const std::vector<ImageItem>& items);
/// The same of packages and accounts, which have no leading slash.
[[nodiscard]] std::string name_items(const std::vector<ImageItem>& items);

/// Evidence of each item with its layer, at most kMostShownItems; the origin is that of the first.
/// @param key  what they are: "file", "package"
void add_items(Finding& finding, const image::Inventory& image, const std::string& key,
               const std::vector<ImageItem>& items);

/// One finding about all of these files, the worst first: it is at the first.
Finding& report_files(const image::Inventory& image, const std::vector<ImageItem>& files,
                      std::string message, Sink& sink);

}  // namespace plimsoll::check
