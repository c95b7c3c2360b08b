#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "advisory/database.h"
#include "advisory/distribution.h"
#include "core/package.h"
#include "core/vulnerability.h"

namespace plimsoll::advisory {

struct Matches {
  std::vector<Vulnerability> vulnerabilities;  ///< by package, id; without texts
  std::vector<std::uint32_t> texts;            ///< of each the advisory that describes it best
  std::vector<UnjudgedPackages> unjudged;      ///< by ecosystem
  std::size_t judged = 0;                      ///< packages that advisories are known for
  std::size_t by_owner = 0;  ///< packages of a language that the distribution ships and judges
};

/// How near a package is to what runs, as Vulnerability::tier has it.
/// @param symbols  the functions that the fault is in, where its advisories name them
using TierOf = std::function<std::string(const Package&, const std::vector<std::string>& symbols)>;

/// Which vulnerabilities the packages have, by the rules of each ecosystem, with their priorities.
/// @param distribution  that the packages of the operating system are of; where it has no id, what
///                      their package URLs say
/// @param tier_of       null: all of them are "present"
[[nodiscard]] Matches match(const Database& database, const std::vector<Package>& packages,
                            const Distribution& distribution, const TierOf& tier_of = nullptr);

/// Titles, details and addresses, which are unpacked from the database.
void add_texts(const Database& database, Matches& matches);

}  // namespace plimsoll::advisory
