#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/package.h"

namespace plimsoll::report {

/// One of the list "packages" of a report. Its files are left out, and so are the functions of a
/// Go program: there are thousands, and what they say of vulnerabilities stands with those.
/// @param with_line  also where it is 0
[[nodiscard]] nlohmann::ordered_json package_json(const Package& package, bool with_line);
/// Nothing without name, version, ecosystem and path.
[[nodiscard]] std::optional<Package> package_of_json(const nlohmann::ordered_json& json);

}  // namespace plimsoll::report
