#pragma once

#include <string>

#include "cli/judged_image.h"
#include "core/result.h"
#include "report/base_advice.h"

namespace plimsoll::cli {

/// What `quickview` and `recommend` ask.
struct BaseQuestion {
  std::string target;   ///< an image; "" where only a base is asked about
  std::string base;     ///< what it is built on, by the user's word or a Dockerfile's; may be ""
  std::string said_by;  ///< who names `base`: "--base", "Dockerfile"
  bool only_refresh = false;  ///< no other tag is looked at
  bool only_update = false;   ///< nor the same one, built later
  std::string tag;            ///< no other than this one; "" for all
};

/// What is known of it, and what the index has instead.
struct BaseAnswer {
  report::BaseAdvice advice;
  /// What BaseQuestion::base names is what the image is built on; not where a Dockerfile was
  /// changed since, or is another image's.
  bool is_as_said = true;
  Exit status = Exit::kClean;  ///< what is missing was said on standard error
};

/// @error those of reading the image or the database
[[nodiscard]] Result<BaseAnswer> answer(const BaseQuestion& question, ImageJudge& judge);

}  // namespace plimsoll::cli
