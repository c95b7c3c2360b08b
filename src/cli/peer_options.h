#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Options of Docker Scout, Trivy, Grype, Snyk and OSV-Scanner that have no option of ours. Who
/// comes from there keeps typing them.
namespace plimsoll::cli {

/// Changes nothing, because what it asks for is so anyway.
struct NeedlessOption {
  std::string_view names;   ///< as CLI11 declares them: "--offline,--offline-scan"
  std::string_view values;  ///< that it may have, parted by '|'; "*" any; "" it is a flag
  std::string_view why;     ///< a phrase without full stop
};
[[nodiscard]] std::span<const NeedlessOption> needless_options();

/// Cannot be had that way.
struct MissingOption {
  std::string_view names;    ///< parted by blanks
  std::string_view instead;  ///< a phrase without full stop
};
[[nodiscard]] std::span<const MissingOption> missing_options();

/// Takes those that change nothing. They are in no help: docs/coming-from.md lists them.
void declare_needless(CLI::App& app);

/// What to type instead of the first of the arguments that is one of missing_options(), as a line
/// for people; "" when none is.
[[nodiscard]] std::string advice_for(const std::vector<std::string>& arguments);

}  // namespace plimsoll::cli
