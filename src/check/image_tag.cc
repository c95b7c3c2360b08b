#include "check/image_tag.h"

#include <vector>

#include "check/pulled_image.h"
#include "core/finding.h"

namespace plimsoll::check {

void offer_tag(const Workload& workload, const ImageReference& reference,
               const std::optional<std::string>& tag, Finding& finding) {
  if (!tag) {
    finding.unfixed = "which version it should be is yours to choose";
    return;
  }
  const Place place = image_place(workload);
  if (place.file == nullptr || place.file != finding.file) {
    finding.unfixed = "it is written in another file";
    return;
  }
  // Only what is written as it is read: no variable, no digest, no quote inside.
  std::string_view written = place.file->slice(place.span);
  std::uint32_t begin = place.span.begin;
  if (written.size() >= 2 && (written.front() == '"' || written.front() == '\'') &&
      written.back() == written.front()) {
    written = written.substr(1, written.size() - 2);
    ++begin;
  }
  const std::string& image = workload.image.value;
  if (written != image || !reference.digest.empty()) {
    finding.unfixed = "how it is written is not certain";
    return;
  }
  const auto end = static_cast<std::uint32_t>(begin + written.size());
  const bool tagged = !reference.tag.empty() && image.ends_with(':' + reference.tag);
  const auto from = static_cast<std::uint32_t>(tagged ? end - reference.tag.size() - 1 : end);
  finding.fix = Fix{.title = "take " + reference.familiar_name() + ':' + *tag,
                    .edits = {{{from, end}, ':' + *tag}},
                    .safety = FixSafety::kUnsafe};
}

}  // namespace plimsoll::check
