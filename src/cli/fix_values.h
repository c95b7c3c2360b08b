#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "core/result.h"

/// The values that fixes write and only the user can know: `--set memory=512m`.
namespace plimsoll::cli {

struct FixValueName {
  std::string_view name;   ///< as after --set
  std::string_view title;  ///< for a question: "Memory limit of a container"
  check::FixValue check::FixValues::*member;
};

[[nodiscard]] const std::vector<FixValueName>& fix_value_names();

/// Takes "memory=512m" into `values`.
/// @error kUsage  unknown name, or a value that no engine would take
[[nodiscard]] Result<void> set_fix_value(std::string_view assignment, check::FixValues& values);

}  // namespace plimsoll::cli
