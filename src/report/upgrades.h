#pragma once

#include <set>
#include <string>
#include <vector>

#include "report/document.h"

namespace plimsoll::report {

/// What one upgrade mends, or what a package has for which there is none.
struct Upgrade {
  std::string name;  ///< of what is upgraded: the source package, or the library
  std::string version;
  std::string fixed;             ///< "" when there is no fix
  std::set<std::string> places;  ///< files of a library; none for packages of the only system
  std::vector<const Vulnerability*> vulnerabilities;  ///< the first first, each id once

  [[nodiscard]] double priority() const;
  [[nodiscard]] bool is_exploited() const;
};

/// Which are told besides those that somebody has to act on.
struct AlsoTold {
  bool suppressed = false;
  bool known = false;  ///< to the baseline
  bool apart = false;  ///< of what nothing runs
};
/// What mends most urgently first.
/// @param document  must outlive what is returned
[[nodiscard]] std::vector<Upgrade> upgrades_of(const Document& document, const AlsoTold& also = {});

/// Of a kernel that is not there, or of another thing that nothing runs.
[[nodiscard]] bool is_in_path(const Vulnerability& vulnerability);

/// A line each: "12 faults of a kernel that is not in the image (1 known to be exploited): only its
/// headers are, in linux-libc-dev"; those that nothing which the image starts can reach.
[[nodiscard]] std::vector<std::string> faults_apart(const Document& document);

/// "2 critical, 5 high, 1 unknown": how many of each, the worst first.
[[nodiscard]] std::string counts_of(const std::vector<const Vulnerability*>& vulnerabilities);

/// What a summary is over: each id once, without those that are suppressed, known to the baseline,
/// or of a kernel that is not there.
struct VulnerabilitySum {
  std::vector<const Vulnerability*> distinct;
  std::size_t exploited = 0;   ///< of `distinct`
  std::size_t suppressed = 0;  ///< matches
  std::size_t known = 0;       ///< matches
};
[[nodiscard]] VulnerabilitySum sum_of(const Document& document);

/// "1 vulnerability", "2 vulnerabilities".
[[nodiscard]] std::string vulnerabilities(std::size_t count);

}  // namespace plimsoll::report
