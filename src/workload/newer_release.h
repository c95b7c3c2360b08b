#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "parse/image_reference.h"

/// Which tag of the same repository is a release that still gets fixes. Offline, so only tags that
/// are sure to exist: as many components of the version as every release has, the same variant.
namespace plimsoll {

/// For a tag that names something past its end of life: the newest release, and of the
/// distribution inside. Nothing when not certain, and for servers whose data would have to be
/// migrated.
[[nodiscard]] std::optional<std::string> supported_tag(const ImageReference& reference, Date today);

/// The newest release, of the same variant, for a tag that names a release which still gets fixes
/// or one that does not. Nothing when it is that release, when not certain, and for servers whose
/// data would have to be migrated.
[[nodiscard]] std::optional<std::string> newest_tag(const ImageReference& reference, Date today);

/// The same release with less in it, for a tag that names no variant: "3.11-slim", "3.11-alpine".
/// Only what every release has; the smallest last.
[[nodiscard]] std::vector<std::string> smaller_tags(const ImageReference& reference);

/// For a reference without tag, or with "latest": the release that this is today.
[[nodiscard]] std::optional<std::string> current_tag(const ImageReference& reference, Date today);

}  // namespace plimsoll
