#pragma once

#include <cstdint>
#include <string>

namespace plimsoll::advisory {

/// CISA's catalogue of vulnerabilities that are used in attacks. Source:
/// https://www.cisa.gov/known-exploited-vulnerabilities-catalog
struct KnownExploited {
  std::string id;     ///< "CVE-…"
  std::string added;  ///< date
  std::string due;    ///< date by which agencies must have acted
  bool is_used_by_ransomware = false;
  std::string name;  ///< "Apache Log4j2 Remote Code Execution Vulnerability"
};

/// How likely it is to be used in the next thirty days. Source: https://www.first.org/epss/
struct ExploitPrediction {
  std::string id;
  float score = 0;       ///< 0 to 1
  float percentile = 0;  ///< share of all vulnerabilities with at most this score
};

/// CISA's decision points. Source: https://www.cisa.gov/ssvc
struct ExploitStatus {
  enum class Exploitation : std::uint8_t { kNone, kProofOfConcept, kActive };
  std::string id;
  Exploitation exploitation = Exploitation::kNone;
  bool is_automatable = false;
  bool is_total = false;  ///< technical impact: all of the system
  std::string cvss;       ///< vector; may be ""
};

}  // namespace plimsoll::advisory
