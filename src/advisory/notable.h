#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advisory/advisory.h"
#include "advisory/evidence.h"
#include "advisory/feed.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// What a file of the form of data/notable_advisories.txt says.
struct NotableAdvisories {
  std::string made;  ///< the day of its newest fact; "" when it names none
  std::vector<Advisory> advisories;
  std::vector<KnownExploited> exploited;  ///< those of `advisories` that are, by their title
};

/// The form is written down at the head of data/notable_advisories.txt.
/// @error kInvalid  with the line that is not of that form
[[nodiscard]] Result<NotableAdvisories> read_notable(std::string_view text);

/// Tells the advisories that are compiled in, so that a scan without any feed finds what everybody
/// knows.
/// @param ecosystem  only what concerns this one, "generic"; "": all
void tell_notable(FeedSink& sink, std::string_view ecosystem = {});

}  // namespace plimsoll::advisory
