#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parse/node.h"

/// What package.json, package-lock.json and the locks of Yarn, pnpm and Bun write alike.
namespace plimsoll::image::npm {

/// `license` as SPDX text or {type}, and the older `licenses`: one or a list of either.
[[nodiscard]] std::vector<std::string> licenses(const Node& manifest);

/// Parts "@scope/name@rest" at the '@' that is no scope's. Without one, all of it is the name.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_at(std::string_view spec);

/// A version as semver writes it, not an address, path or range.
[[nodiscard]] bool is_version(std::string_view text);

}  // namespace plimsoll::image::npm
