#pragma once

#include <optional>
#include <string_view>

#include "core/package.h"
#include "image/path_budget.h"

namespace plimsoll::image {

/// What the header of one package of an RPM database says: its name, version as
/// "[epoch:]version-release", architecture, licence, module and files, and what it was built from.
/// `blob` is as the database keeps it, without the magic of an .rpm file. Nullopt when it is
/// broken. Source: https://rpm-software-management.github.io/rpm/manual/format_header.html and its
/// tags.
[[nodiscard]] std::optional<Package> read_rpm_header(std::string_view blob, PathBudget& budget);

}  // namespace plimsoll::image
