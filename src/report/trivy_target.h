#pragma once

#include <string>

#include "report/document.h"

/// Under which result of its report Trivy would list a package.
/// Source: aquasecurity/trivy, pkg/fanal/types/const.go and pkg/scan/langpkg/scan.go.
namespace plimsoll::report {

struct TrivyTarget {
  std::string name;        ///< "app:1 (debian 12)", "Node.js", "app/package-lock.json"
  std::string type;        ///< "debian", "node-pkg", "npm"
  bool is_of_os = false;   ///< class "os-pkgs", else "lang-pkgs"
  bool has_paths = false;  ///< of what many files list: each entry names its own
  friend auto operator<=>(const TrivyTarget&, const TrivyTarget&) = default;
};
[[nodiscard]] TrivyTarget trivy_target_of(const Document& document, const Package& package);

/// "redhat" of what os-release calls "rhel"; "" when the image does not say.
[[nodiscard]] std::string trivy_family(const Document& document);
/// "12.5"; "" when the image does not say.
[[nodiscard]] std::string trivy_release(const Document& document);
/// The result of the distribution's packages.
[[nodiscard]] TrivyTarget trivy_os_target(const Document& document);

}  // namespace plimsoll::report
