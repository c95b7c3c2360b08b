#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "project/project.h"

/// Lines of a workflow's scripts, for fixes that add others beside them.
namespace plimsoll::check {

/// A command that has its line for itself: in a `run: |` block, or as an item of GitLab's list.
struct CommandLine {
  Span span;           ///< of the line, without its end
  std::string before;  ///< blanks, or blanks and a dash: how a line beside it begins
  std::string_view eol;
};
[[nodiscard]] std::optional<CommandLine> line_of(const ci::Step& step,
                                                 const shell::Command& command);

[[nodiscard]] std::string_view line_end_of(const SourceFile& file);

}  // namespace plimsoll::check
