#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "parse/image_reference.h"

namespace plimsoll {

/// When a release that an image is made of stops getting fixes. Views have static storage.
struct EndOfLife {
  std::string_view product;  ///< id at endoflife.date: "nodejs"
  std::string_view title;    ///< for people: "Node.js"
  std::string_view cycle;    ///< "14"; "" for a repository that ended as a whole
  std::optional<Date> date;  ///< first day without support; none while no day is set
  /// End of support by others or for pay (Debian LTS, Ubuntu Pro, RHEL ELS), when later.
  std::optional<Date> extended;
  std::string_view note;  ///< what to know besides; may be empty

  [[nodiscard]] bool ended(Date today) const { return date && *date <= today; }
};

/// Everything the repository and the tag name: node:14-alpine3.12 gives Node.js 14 and Alpine 3.12.
/// Tags that move over cycles ("latest", "3" where cycles are 3.x) and unknown ones give nothing.
/// The repository's own product comes first. Source: data/end-of-life.tsv (endoflife.date).
[[nodiscard]] std::vector<EndOfLife> end_of_life(const ImageReference& reference);

/// Of a distribution by its words in os-release(5): "debian" and "12", "alpine" and "3.19.1". Null
/// when it is not known.
[[nodiscard]] const EndOfLife* end_of_system(std::string_view id, std::string_view version);

/// The id of the product whose version the repository's tags start with; "" when there is none.
[[nodiscard]] std::string_view product_of(const ImageReference& reference);

}  // namespace plimsoll
