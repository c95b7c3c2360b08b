#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "scan/fix.h"

/// Proves fixes from outside: nothing here asks the fixer whether it was right.
namespace plimsoll::fixes {

/// How a run of `plimsoll fix` is set up for measuring.
enum class Mode : unsigned char { kSafe, kValues, kUnsafe };
[[nodiscard]] std::string_view to_string(Mode mode);
[[nodiscard]] scan::FixOptions options_of(Mode mode, std::vector<std::string> targets);

/// What is wrong with a plan, a line each; empty when every invariant holds:
/// the result is read whole, each fixed finding is gone, nothing new is found, a second run changes
/// nothing, comments, line ends and the byte order mark stay, and the effective settings of every
/// workload differ only in what the fixes of that workload are about.
[[nodiscard]] std::vector<std::string> violations(const FileSystem& files,
                                                  const scan::FixPlan& plan,
                                                  const scan::FixOptions& options);

/// The effective settings of every workload by "id setting".
[[nodiscard]] std::map<std::string, std::string> settings_of(const FileSystem& files,
                                                             const scan::AuditOptions& options);

}  // namespace plimsoll::fixes
