#pragma once

#include <string>

namespace plimsoll::config {

/// The JSON Schema (draft 2020-12) of plimsoll.yaml, for editors; docs/plimsoll.schema.json.
[[nodiscard]] std::string schema();

}  // namespace plimsoll::config
