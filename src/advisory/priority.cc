#include "advisory/priority.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace plimsoll::advisory {
namespace {

constexpr double kMostWithoutAttacks = 84;

double weight_of(const std::optional<Severity>& severity) {
  if (!severity) return 0.4;
  switch (*severity) {
    case Severity::kCritical: return 1;
    case Severity::kHigh: return 0.7;
    case Severity::kMedium: return 0.4;
    case Severity::kLow: return 0.15;
    case Severity::kInfo: return 0.03;
  }
  return 0.4;
}

double weight_of_tier(std::string_view tier) {
  if (tier == "in-use") return 1;
  if (tier == "loadable") return 0.9;
  if (tier == "build-only") return 0.3;
  if (tier == "not-in-execute-path") return 0.1;
  return 0.7;
}

double likelihood_of(const Vulnerability& vulnerability, const AttackEvidence& evidence) {
  const double least = evidence.has_proof_of_concept ? 0.5 : 0;
  if (!vulnerability.epss) return std::max(least, 0.35);
  return std::max(least, 0.25 + 0.75 * std::sqrt(*vulnerability.epss));
}

/// Without a vector most attacks are by network.
bool needs_network(const Vulnerability& vulnerability) {
  const std::string& vector = vulnerability.cvss_vector;
  return vector.find("AV:L") == std::string::npos && vector.find("AV:P") == std::string::npos;
}

double weight_of(const Exposure& exposure, const Vulnerability& vulnerability) {
  using Network = Exposure::Network;
  double weight = exposure.reaches_host ? 1.2 : 1;
  if (exposure.network == Network::kInternal) weight *= 0.8;
  if (exposure.network == Network::kNone && needs_network(vulnerability)) weight *= 0.5;
  return weight;
}

void explain(const Exposure& exposure, Vulnerability& vulnerability) {
  using Network = Exposure::Network;
  std::vector<std::string>& reasons = vulnerability.reasons;
  if (exposure.network == Network::kPublished) {
    reasons.push_back("other machines can reach " + exposure.from);
  } else if (exposure.network == Network::kInternal) {
    reasons.push_back(exposure.from + " is not published to other machines");
  } else if (exposure.network == Network::kNone && needs_network(vulnerability)) {
    reasons.push_back(exposure.from + " has no network");
  }
  if (exposure.reaches_host) {
    reasons.push_back("whoever breaks into " + exposure.from + " reaches the host");
  }
}

void explain(Vulnerability& vulnerability, const AttackEvidence& evidence) {
  std::vector<std::string>& reasons = vulnerability.reasons;
  reasons.clear();
  if (vulnerability.is_exploited) reasons.emplace_back("known to be exploited (CISA KEV)");
  if (evidence.is_active) reasons.emplace_back("attacks are going on (CISA SSVC)");
  if (vulnerability.epss) {
    reasons.push_back(
        fmt::format("{:.1f} % likely to be used within 30 days (EPSS)", *vulnerability.epss * 100));
  }
  if (evidence.has_proof_of_concept) reasons.emplace_back("an exploit is public (CISA SSVC)");
  if (evidence.is_automatable) reasons.emplace_back("attacks can be automated (CISA SSVC)");
  if (vulnerability.severity) {
    reasons.push_back(fmt::format("{}, says {}", to_string(*vulnerability.severity),
                                  vulnerability.severity_source));
  } else {
    reasons.emplace_back("no source says how severe it is");
  }
  if (vulnerability.tier == "in-use") reasons.emplace_back("it was seen in use");
  if (vulnerability.tier == "loadable") reasons.emplace_back("the entrypoint can load it");
  if (vulnerability.tier == "build-only") {
    reasons.emplace_back("only what develops or builds has it");
  }
  if (vulnerability.tier == "not-in-execute-path") {
    reasons.emplace_back("nothing that runs contains it");
  }
}

}  // namespace

void prioritise(Vulnerability& vulnerability, const AttackEvidence& evidence,
                const Exposure& exposure) {
  const double tier = weight_of_tier(vulnerability.tier);
  const double base = 100 * weight_of(vulnerability.severity) *
                      likelihood_of(vulnerability, evidence) * tier *
                      weight_of(exposure, vulnerability);
  double priority = std::min(base, kMostWithoutAttacks);
  const bool runs = vulnerability.tier != "not-in-execute-path";
  if (vulnerability.is_exploited && runs) {
    priority = 90 + std::min(base, 100.0) / 10;
  } else if (evidence.is_active && runs) {
    priority = 85 + std::min(base, 100.0) / 20;
  }
  vulnerability.priority = std::round(priority * 10) / 10;
  explain(vulnerability, evidence);
  explain(exposure, vulnerability);
}

void sort_by_priority(std::vector<Vulnerability>& vulnerabilities) {
  const auto less = [](const Vulnerability& a, const Vulnerability& b) {
    if (a.priority != b.priority) return a.priority > b.priority;
    if (weight_of(a.severity) != weight_of(b.severity)) {
      return weight_of(a.severity) > weight_of(b.severity);
    }
    return std::tie(a.id, a.package) < std::tie(b.id, b.package);
  };
  std::stable_sort(vulnerabilities.begin(), vulnerabilities.end(), less);
}

}  // namespace plimsoll::advisory
