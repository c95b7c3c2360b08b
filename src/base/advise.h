#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/index.h"
#include "base/move.h"
#include "core/date.h"
#include "report/base_advice.h"

namespace plimsoll::base {

/// What is built on now.
struct Present {
  Named image;
  std::string platform;
  const Entry* entry = nullptr;  ///< of the index; null where it is not that very image
  std::string before;            ///< it was made by then, where `entry` is null; may be ""
};

/// An image of the index that could be built on instead.
struct Alternative {
  const Entry* entry = nullptr;
  std::string name;  ///< as people write it
  std::vector<Step> steps;
};
/// Each image once, under the name that is the least work to go to; of one name the newest image
/// only. The present one is none of them. By name.
[[nodiscard]] std::vector<Alternative> alternatives(const Index& index, const Present& present);

/// Names that are certain to exist, that the index has not and that would tell more: the base
/// itself, its smaller flavours, the newest release.
[[nodiscard]] std::vector<std::string> worth_adding(const Index& index,
                                                    const ImageReference& reference, Date today);

/// @param name      as it is to be shown
/// @param document  judged, or not
[[nodiscard]] report::ImageFigures figures_of(const std::string& name,
                                              const report::Document& document, Date today);

/// Weighs an alternative against what is built on now.
[[nodiscard]] report::BaseAlternative weigh(const Alternative& alternative,
                                            const report::Document& present,
                                            const report::Document& other, Date today);

/// The best first: by what is removed over what it costs.
void sort_by_rank(std::vector<report::BaseAlternative>& alternatives);

}  // namespace plimsoll::base
