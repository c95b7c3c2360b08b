#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/cyclonedx.h"
#include "report/vulnerability_facts.h"

/// What CycloneDX says of a vulnerability, before an encoding spells it. All text is fit for JSON;
/// "" stands for what is not said.
/// Source: https://cyclonedx.org/docs/1.6/json/#vulnerabilities
namespace plimsoll::report::cyclonedx {

struct Rating {
  std::string source;
  std::string address;  ///< of the source
  std::optional<double> score;
  std::string severity;
  std::string_view method;  ///< "CVSSv31"
  std::string vector;
};

struct Affected {
  std::string ref;  ///< of a component
  std::string version;
  std::string_view status;  ///< "affected", "unaffected"
};

/// Who looked at it says it is none here, or is accepted.
struct Analysis {
  std::string_view state;          ///< "not_affected", "resolved"; "" where it is only accepted
  std::string_view justification;  ///< one of CycloneDX's words
  std::string detail;
};

struct Entry {
  std::string id;
  Publication source;
  std::vector<std::pair<std::string, Publication>> references;  ///< its other names
  std::vector<Rating> ratings;
  std::vector<unsigned> cwes;
  std::string description;
  std::string detail;
  std::string recommendation;
  std::vector<std::string> advisories;  ///< addresses
  std::string published;                ///< date and time
  std::string updated;
  std::optional<Analysis> analysis;  ///< where it is of every component
  std::vector<Affected> affects;
  Properties properties;
};

/// Nothing while no database was asked, which is not the same as no entry.
/// @param sbom  of this document
[[nodiscard]] std::optional<std::vector<Entry>> entries_of(const Document& document,
                                                           const Sbom& sbom);

}  // namespace plimsoll::report::cyclonedx
