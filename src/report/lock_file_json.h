#pragma once

#include <nlohmann/json.hpp>

#include "core/lock_file.h"

namespace plimsoll::report {

/// One of the list "lock_files" of a report.
[[nodiscard]] nlohmann::ordered_json lock_file_json(const LockFile& file);
/// What is missing or of another type is left empty.
[[nodiscard]] LockFile lock_file_of_json(const nlohmann::ordered_json& json);

}  // namespace plimsoll::report
