#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "update/web.h"

namespace plimsoll::update {

/// Somebody who has feeds in the layout in which they are kept here ("osv/npm/all.zip"): a web
/// server, or a folder such as the one where another computer keeps its feeds.
struct Mirror {
  std::string base;  ///< "https://mirror.example/feeds/", "/media/feeds/"
  bool is_folder = false;
  /// Its SHA256SUMS, by path; nothing where it has none.
  std::optional<std::map<std::string, std::string, std::less<>>> digests;
};

/// @param text  a URL, `file:///folder` or a folder
/// @error kUsage  it is neither; or it is plain HTTP to another computer, without `insecure`
[[nodiscard]] Result<Mirror> parse_mirror(std::string_view text, bool insecure);

/// Reads its SHA256SUMS, where there is one.
/// @error kEnvironment  it cannot be asked
[[nodiscard]] Result<void> read_digests(Mirror& mirror, Web& web);

}  // namespace plimsoll::update
