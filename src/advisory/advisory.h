#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/severity.h"

namespace plimsoll::advisory {

/// What a source says of a package and a vulnerability.
enum class Status : std::uint8_t {
  kAffected,            ///< the versions of its ranges are; a range that ends in `fixed` has a fix
  kNotAffected,         ///< silences what others say of the same package of the same distribution
  kUnderInvestigation,  ///< nobody knows yet
  kWillNotFix,          ///< there will be no fix: "ignored", "won't fix"
  kFixDeferred,         ///< later: "postponed", "deferred", "no-dsa"
  kEndOfLife,           ///< the release gets no fixes any more
};
/// "affected", "not_affected", "under_investigation", "will_not_fix", "fix_deferred",
/// "end_of_life".
[[nodiscard]] std::string_view to_string(Status status);

/// Versions from `introduced` up to `fixed`, or through `last_affected`, in the order of the
/// ecosystem.
struct Range {
  std::string introduced;     ///< "": from the first
  std::string fixed;          ///< the first that is good again; "" where nothing names one
  std::string last_affected;  ///< "" where nothing names it, or `fixed` does
  friend bool operator==(const Range&, const Range&) = default;
};

/// One package that an advisory is about.
struct Affected {
  /// As OSV calls it, with the release of a distribution: "npm", "Debian:12", "Alpine:v3.20",
  /// "Ubuntu:22.04:LTS", "Ubuntu:Pro:16.04:LTS", "Red Hat:enterprise_linux:9"; others with RPMs are
  /// listed in rpm_release.h. Unpackaged programs by the name of their CPE: "CPE" with the package
  /// "vendor:product".
  std::string ecosystem;
  /// As the source names it: Debian and Ubuntu by source package, Alpine by origin, RPM by binary.
  std::string package;
  std::vector<Range> ranges;          ///< none and no `versions`: every version
  std::vector<std::string> versions;  ///< single ones besides
  Status status = Status::kAffected;
  std::string note;  ///< how the source words the status: "no-dsa", "postponed", "out of support"
  std::string severity;  ///< as the distribution words it: "unimportant", "Important"; may be ""
  std::string module;    ///< RPM's "name:stream": only packages of it are meant; "" any
  /// Only these; none: all. RPM's "src" says that `package` names a source package, and means all
  /// that is built of it.
  std::vector<std::string> architectures;
  std::vector<std::string> symbols;  ///< Go: "path.Symbol" that must be called
  friend bool operator==(const Affected&, const Affected&) = default;
};

/// One published advisory.
struct Advisory {
  std::string id;                     ///< "CVE-2021-44228", "GHSA-jfh8-c2jp-5v3q", "DSA-5020-1"
  std::vector<std::string> aliases;   ///< other names of the same vulnerability
  std::vector<std::string> upstream;  ///< vulnerabilities that this update of a distribution mends
  std::string summary;                ///< one line; may be ""
  std::string details;                ///< Markdown or plain text; may be "" or cut
  std::string cvss;       ///< vector of the newest version: "CVSS:3.1/AV:N/…"; may be ""
  std::string severity;   ///< as the source words it: "HIGH", "moderate"; may be ""
  std::string published;  ///< RFC 3339, or a date; may be ""
  std::string modified;
  bool is_withdrawn = false;
  std::vector<std::string> references;  ///< URLs, the advisory itself first
  std::vector<std::string> weaknesses;  ///< "CWE-79"
  std::vector<Affected> affected;
  friend bool operator==(const Advisory&, const Advisory&) = default;
};

/// The severity that a source's own word means: "Moderate", "important", "unimportant",
/// "negligible". Nothing for a word that says none ("not yet assigned", "").
[[nodiscard]] std::optional<Severity> severity_of_word(std::string_view word);

}  // namespace plimsoll::advisory
