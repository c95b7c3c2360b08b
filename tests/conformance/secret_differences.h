#pragma once

#include <string_view>

/// Where a detector finds something in what a suite gives as no secret of one of its rules, and why
/// we stay. Texts that the suite itself has as positives of that detector's rule need no line here.
struct SecretDifference {
  std::string_view suite;
  std::string_view rule;  ///< whose negative it is
  std::string_view detector;
  std::string_view reason;
};

inline constexpr std::string_view kElsewhere =
    "the suite has the same text as another rule's secret";
inline constexpr std::string_view kGeneric =
    "of no form that the rule knows, and still a random value that is given to a name for secrets: "
    "the tool's own rule generic-api-key is about such";

inline constexpr SecretDifference kSecretDifferences[] = {
    {"gitleaks", "cisco-meraki-api-key", "generic-key", kGeneric},
    {"gitleaks", "clickhouse-cloud-api-secret-key", "generic-key", kGeneric},
    {"gitleaks", "settlemint-personal-access-token", "generic-key", kGeneric},
};
