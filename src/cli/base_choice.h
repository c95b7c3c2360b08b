#pragma once

#include "report/base_advice.h"

/// Which of the alternatives to a base image an edit of FROM is made for.
namespace plimsoll::cli {

/// The refresh or the best other, whichever ranks higher. Null where neither is better than what is
/// there.
[[nodiscard]] const report::BaseAlternative* best_of(const report::BaseAdvice& advice);

/// Of the same repository: another one is another start, which no edit of FROM makes.
[[nodiscard]] bool is_of_repository(const report::BaseAlternative& alternative,
                                    const report::BaseAdvice& advice);

/// The best itself, or where that is of another repository, the best that is not; the best itself
/// where there is none.
[[nodiscard]] const report::BaseAlternative& editable(const report::BaseAdvice& advice,
                                                      const report::BaseAlternative& best);

/// Nothing but a rebuild or a patch release.
[[nodiscard]] bool is_easy(const report::BaseAlternative& alternative);

}  // namespace plimsoll::cli
