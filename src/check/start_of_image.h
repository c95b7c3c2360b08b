#pragma once

#include <string>
#include <vector>

#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check {

/// Adds instructions to a stage where its files are complete and the root that made them is not
/// needed any more: behind the last instruction that changes files or the user, and before those
/// that say how the image starts.
[[nodiscard]] inline Edit insert_before_start(const dockerfile::Dockerfile& file,
                                              const dockerfile::Stage& stage,
                                              const std::vector<std::string>& lines) {
  using dockerfile::Keyword;
  const auto instructions = file.of(stage);
  const dockerfile::Instruction* start = nullptr;
  for (std::size_t i = instructions.size(); i-- > 0;) {
    const Keyword keyword = instructions[i].keyword;
    if (keyword == Keyword::kRun || keyword == Keyword::kCopy || keyword == Keyword::kAdd ||
        keyword == Keyword::kWorkdir || keyword == Keyword::kUser || keyword == Keyword::kFrom ||
        keyword == Keyword::kUnknown) {
      break;
    }
    if (keyword == Keyword::kCmd || keyword == Keyword::kEntrypoint ||
        keyword == Keyword::kHealthcheck) {
      start = &instructions[i];
    }
  }
  if (start != nullptr) return dockerfile::insert_before(file, *start, lines);
  return dockerfile::insert_after(file, instructions.back(), lines);
}

}  // namespace plimsoll::check
