#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "advisory/name_pattern.h"
#include "advisory/vex.h"
#include "core/date.h"
#include "core/glob.h"
#include "core/package.h"
#include "core/package_url.h"
#include "core/result.h"

/// Vulnerabilities that somebody accepts.
namespace plimsoll::advisory {

/// Whether there is a version without the vulnerability.
enum class FixState : std::uint8_t { kUnknown, kFixed, kNotFixed, kWontFix };
/// "unknown", "fixed", "not-fixed", "wont-fix".
[[nodiscard]] std::string_view to_string(FixState state);
[[nodiscard]] std::optional<FixState> parse_fix_state(std::string_view text);

/// All that it says must hold. What is empty says nothing.
struct IgnoreRule {
  std::vector<std::string> ids;  ///< any of them
  bool aliases = true;           ///< other names of the vulnerability count, too
  std::optional<NamePattern> package;
  std::optional<NamePattern> upstream;  ///< the source package
  std::string version;
  std::string ecosystem;           ///< as OSV calls it, "Debian" or "Debian:12"
  std::vector<std::string> types;  ///< any of these types of package URLs: "npm"
  std::vector<PackageUrl> purls;   ///< any of them; comparable
  std::vector<Glob> paths;         ///< any of them; without the '/' that they may begin with
  std::vector<FixState> fix_states;
  std::optional<VexStatus> vex_status;
  std::string vex_justification;
  std::string feed;           ///< grype's "namespace": "debian:distro:debian:12"
  std::string match_type;     ///< grype's: "exact-indirect-match"
  bool dev_only = false;      ///< packages that are only for developing
  std::optional<Date> until;  ///< the last day that it holds
  std::string reason;
  std::string source;      ///< path of the file
  std::uint32_t line = 0;  ///< 1-based
};

/// A vulnerability that was found in a package.
struct IgnoreSubject {
  std::vector<std::string> ids;      ///< the id, then its aliases
  const Package* package = nullptr;  ///< never null when it is asked for
  std::string purl;                  ///< of the package; Package::purl where this is ""
  std::string ecosystem;  ///< with its release, "Debian:12"; Package::ecosystem where this is ""
  FixState fix_state = FixState::kUnknown;
  std::optional<VexStatus> vex_status;  ///< of the VEX statement that applies
  std::string vex_justification;
  std::string feed;        ///< as grype would call it; "": rules that name one do not hold
  std::string match_type;  ///< the same
};

struct IgnoreAnswer {
  const IgnoreRule* rule = nullptr;     ///< that holds, the first of several
  const IgnoreRule* expired = nullptr;  ///< that would, had its day not passed; only without `rule`
};

/// The rules of any number of files. Finding one is safe from several threads.
class IgnoreRules {
 public:
  void add(std::vector<IgnoreRule> rules);
  [[nodiscard]] IgnoreAnswer find(const IgnoreSubject& subject, Date today) const;
  [[nodiscard]] const std::vector<IgnoreRule>& all() const { return rules_; }

 private:
  std::vector<IgnoreRule> rules_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_id_;  ///< lower case; "" for any
};

}  // namespace plimsoll::advisory
