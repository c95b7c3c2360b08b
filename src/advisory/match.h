#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "advisory/database.h"
#include "advisory/distribution.h"
#include "core/package.h"
#include "core/vulnerability.h"

namespace plimsoll::advisory {

/// Packages that nothing can be said of, and why.
struct Unknown {
  std::string ecosystem;     ///< "Debian:13", "Julia"
  std::string reason;        ///< "the database has no advisories for it"
  std::size_t packages = 0;  ///< how many
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

struct Matches {
  std::vector<Vulnerability> vulnerabilities;  ///< by package, id; without texts
  std::vector<std::uint32_t> texts;            ///< of each the advisory that describes it best
  std::vector<Unknown> unknown;                ///< by ecosystem
  std::size_t judged = 0;                      ///< packages that advisories are known for
  std::size_t by_owner = 0;  ///< packages of a language that the distribution ships and judges
};

/// Which vulnerabilities the packages have, by the rules of each ecosystem. Priorities are not yet
/// set.
/// @param distribution  that the packages of the operating system are of; where it has no id, what
///                      their package URLs say
[[nodiscard]] Matches match(const Database& database, const std::vector<Package>& packages,
                            const Distribution& distribution);

/// Titles and addresses, which are unpacked from the database.
void add_texts(const Database& database, Matches& matches);

}  // namespace plimsoll::advisory
