#pragma once

#include <cstdint>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/advisory.h"

namespace plimsoll::advisory {

/// What the tests of an OVAL document look at. The document must outlive it.
class OvalTests {
 public:
  explicit OvalTests(pugi::xml_node root);

  struct State {
    std::string_view operation;  ///< of the version: "less than"
    std::string_view evr;
    std::string_view architectures;  ///< "(aarch64|x86_64)", "x86_64"; "" for all
  };
  /// Empty where the document does not have the test, as those that are cut do not.
  [[nodiscard]] State state_of(std::string_view test) const;

 private:
  std::map<std::string_view, std::string_view> state_names_;
  std::map<std::string_view, State> states_;
};

/// The packages that a definition's criteria name, each with its distributions, module and
/// architectures. Criteria are nested: what all of a group must fulfil holds for the groups in it.
/// @param platforms  where the criteria name no distribution: these
/// @param not_read   how many tests of packages there were that are none of the known ones
[[nodiscard]] std::vector<Affected> oval_packages(pugi::xml_node criteria, const OvalTests& tests,
                                                  const std::vector<std::string>& platforms,
                                                  std::size_t& not_read);

}  // namespace plimsoll::advisory
