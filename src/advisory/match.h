#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "advisory/database.h"
#include "advisory/distribution.h"
#include "core/exposure.h"
#include "core/package.h"
#include "core/vulnerability.h"

namespace plimsoll::advisory {

struct Matches {
  std::vector<Vulnerability> vulnerabilities;  ///< by package, id; without texts
  std::vector<std::uint32_t> texts;            ///< of each the advisory that describes it best
  std::vector<UnjudgedPackages> unjudged;      ///< by ecosystem
  std::size_t judged = 0;                      ///< packages that advisories are known for
  std::size_t by_owner = 0;   ///< packages of a language that the distribution ships and judges
  std::size_t by_commit = 0;  ///< faults that were mended before the commit that a version names
};

/// Which vulnerabilities the packages have, by the rules of each ecosystem, with their priorities.
/// @param distribution  that the packages of the operating system are of; where it has no id, what
///                      their package URLs say
[[nodiscard]] Matches match(const Database& database, const std::vector<Package>& packages,
                            const Distribution& distribution, const Exposure& exposure = {});

/// Titles, details and addresses, which are unpacked from the database.
void add_texts(const Database& database, Matches& matches);

}  // namespace plimsoll::advisory
