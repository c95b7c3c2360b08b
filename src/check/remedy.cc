#include "check/remedy.h"

#include <utility>

namespace plimsoll::check {

void remedy(Finding& finding, std::string title, spelling::Edits edits, FixSafety safety) {
  if (!edits) {
    finding.unfixed = std::move(edits.error());
  } else if (!edits->empty()) {
    for (Edit& edit : *edits) {
      if (edit.file == finding.file) edit.file = nullptr;
    }
    finding.fix = Fix{.title = std::move(title), .edits = *std::move(edits), .safety = safety};
  }
}

void remedy(Finding& finding, std::string title, spelling::Edits edits, const FixValue& value,
            std::string_view needs) {
  remedy(finding, std::move(title), std::move(edits),
         value.given ? FixSafety::kSafe : FixSafety::kUnsafe);
  if (finding.fix) finding.fix->needs = needs;
}

}  // namespace plimsoll::check
