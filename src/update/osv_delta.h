#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// OSV's export of an ecosystem is one archive of all its records, and beside it a list of them
/// with the time of their last change: who has an archive of yesterday need only ask for what
/// changed. Source: https://google.github.io/osv.dev/data/#data-dumps
namespace plimsoll::update {

/// What has to be done to an archive so that it agrees with the list.
struct OsvDifference {
  std::vector<std::string> changed;  ///< ids to fetch: records that are newer there, or new
  std::vector<std::string> gone;     ///< names of the archive's files that the list does not have
  std::size_t files = 0;             ///< of the archive
  bool is_older = false;             ///< the list ends before the archive does: it is an old one
};

/// @param archive  `all.zip`
/// @param list     `modified_id.csv`: "2026-11-20T10:00:00Z,GHSA-…", one a line
/// @error kInvalid  one of them is broken, or a name in the list could lead elsewhere
[[nodiscard]] Result<OsvDifference> difference(std::string_view archive, std::string_view list);

/// The archive with these records in the place of theirs, and without those that are gone.
/// @param records  id → JSON
/// @error kInvalid  a record is not the one that it is called
[[nodiscard]] Result<std::string> merge(std::string_view archive,
                                        const std::map<std::string, std::string>& records,
                                        const std::vector<std::string>& gone);

}  // namespace plimsoll::update
