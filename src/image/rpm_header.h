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

/// What a package was built from, of "bash-5.1.8-1.cm2.src.rpm", where that is not the package's
/// own name and version. `epoch` is the package's ("1:" or ""), since the archive never says one.
void set_rpm_source(Package& package, std::string_view archive, std::string_view epoch);

}  // namespace plimsoll::image
