#include "cli/base_choice.h"

#include <algorithm>

#include "base/index.h"

namespace plimsoll::cli {

const report::BaseAlternative* best_of(const report::BaseAdvice& advice) {
  const bool refreshes = advice.refresh && advice.refresh->rank > 0;
  const bool has_better = !advice.others.empty() && advice.others.front().rank > 0;
  if (refreshes && !(has_better && advice.others.front().rank > advice.refresh->rank)) {
    return &*advice.refresh;
  }
  return has_better ? &advice.others.front() : nullptr;
}

bool is_of_repository(const report::BaseAlternative& alternative,
                      const report::BaseAdvice& advice) {
  const auto other = base::reference_of(alternative.figures.name);
  const auto present = base::reference_of(advice.base->name);
  return other && present && other->familiar_name() == present->familiar_name();
}

const report::BaseAlternative& editable(const report::BaseAdvice& advice,
                                        const report::BaseAlternative& best) {
  if (is_of_repository(best, advice)) return best;
  const auto found = std::find_if(
      advice.others.begin(), advice.others.end(),
      [&](const auto& each) { return each.rank > 0 && is_of_repository(each, advice); });
  return found == advice.others.end() ? best : *found;
}

bool is_easy(const report::BaseAlternative& alternative) {
  return alternative.steps.size() == 1 &&
         (alternative.steps.front() == "refresh" || alternative.steps.front() == "patch");
}

}  // namespace plimsoll::cli
