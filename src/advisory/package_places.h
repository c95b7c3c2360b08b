#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "advisory/database.h"
#include "advisory/distribution.h"
#include "core/package.h"
#include "version/order.h"

namespace plimsoll::advisory {

/// Under which name, and as which version, a package is looked for.
struct PackagePlace {
  std::string ecosystem;
  std::string name;
  std::string version;
  bool is_distribution = false;
  bool is_for_subscribers = false;  ///< fixes that only subscribers get
  bool is_extended = false;         ///< a stream that stays at a minor release
  bool is_source = false;           ///< of RPM: what it was built from, which some sources name
  std::string order = {};           ///< of its versions; "" for the ecosystem's
};

/// Where packages are looked for in a database. Remembers what is the same for many of them.
class PackagePlaces {
 public:
  /// Both must outlive it.
  /// @param distribution  as match() has it
  PackagePlaces(const Database& database, const Distribution& distribution)
      : database_(database), distribution_(distribution) {}

  /// Empty where the distribution or its release is not known.
  [[nodiscard]] std::vector<PackagePlace> of(const Package& package);
  /// Whether there is any advisory for packages of this kind.
  [[nodiscard]] bool covers(std::string_view ecosystem) const;
  [[nodiscard]] bool covers_distribution();
  /// Whether a package of some distribution cannot be one of this: its manager has other packages.
  /// Wheels of Python bring libraries of the distribution that they were built on, and say so.
  [[nodiscard]] bool is_elsewhere(const Package& package);
  /// Of the versions there; null for an ecosystem without one.
  [[nodiscard]] const version::Order* order_of(const PackagePlace& place);

 private:
  const std::vector<std::string>& ecosystems(const Distribution& distribution);
  const version::Order* find_order(const std::string& ecosystem);
  std::vector<PackagePlace> places_in_system(const Package& package);
  [[nodiscard]] std::vector<PackagePlace> places_of_program(const Package& package) const;

  const Database& database_;
  const Distribution& distribution_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> ecosystems_;
  std::map<std::string, const version::Order*> orders_;
};

/// Whether what is filed under the name of a place is about this package: of its module's stream,
/// of its architecture.
[[nodiscard]] bool is_about(const AffectedView& entry, const Package& package,
                            const PackagePlace& place);

/// Whether an entry of an extended stream has a fix that was built for the same minor release.
[[nodiscard]] bool is_for_same_minor(std::string_view version, const AffectedView& entry);

}  // namespace plimsoll::advisory
