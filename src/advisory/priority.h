#pragma once

#include <vector>

#include "core/exposure.h"
#include "core/vulnerability.h"

namespace plimsoll::advisory {

/// What is known of a vulnerability's use in attacks, beside its own fields.
struct AttackEvidence {
  bool is_active = false;  ///< CISA: attacks are going on
  bool has_proof_of_concept = false;
  bool is_automatable = false;
};

/// Sets the priority, 0 to 100, and its reasons. What is exploited comes first (90 and more),
/// attacks that CISA sees next (85); else it is
///
///     100 × severity × likelihood × tier × exposure
///
/// severity    critical 1, high 0.7, medium 0.4, low 0.15, none 0.03; unknown 0.4
/// likelihood  0.25 + 0.75 × √EPSS; 0.35 where EPSS says nothing, 0.5 with a public exploit
/// tier        in-use 1, loadable 0.9, present 0.7, build-only 0.3, not-in-execute-path 0.1
/// exposure    1 where other machines can reach the container, or nothing says whether; 0.8 where
///             only other containers can; 0.5 where it has no network and the attack needs one;
///             1.2 times that where the container reaches its host
///
/// and at most 84. Nothing is left out for its priority.
void prioritise(Vulnerability& vulnerability, const AttackEvidence& evidence = {},
                const Exposure& exposure = {});

/// What to do first, first: by priority, then severity, id, package.
void sort_by_priority(std::vector<Vulnerability>& vulnerabilities);

}  // namespace plimsoll::advisory
