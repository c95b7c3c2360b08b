#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "core/result.h"

/// The values that fixes write and only the user can know: `--set memory=512m`, or `fix:` in
/// plimsoll.yaml.
namespace plimsoll::check {

struct FixValueName {
  std::string_view name;   ///< as after --set
  std::string_view title;  ///< for a question: "Memory limit of a container"
  FixValue FixValues::*member;
};

[[nodiscard]] const std::vector<FixValueName>& fix_value_names();

/// @error kUsage  unknown name, or a value that no engine would take
[[nodiscard]] Result<void> set_fix_value(std::string_view name, std::string_view value,
                                         FixValues& values);
/// As above, of "memory=512m".
[[nodiscard]] Result<void> set_fix_value(std::string_view assignment, FixValues& values);

}  // namespace plimsoll::check
