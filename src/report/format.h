#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/report.h"

/// Findings → text. One format per file in formats/, found by CMake.
namespace plimsoll::report {

/// How a person's terminal is. Formats for machines ignore it.
struct Appearance {
  bool color = false;
  std::size_t width = 100;  ///< columns
  bool unicode = true;
  bool verbose = false;  ///< every finding with its reasons
  bool show_suppressed = false;
};

struct Format {
  std::string_view name;   ///< as after --format
  std::string_view title;  ///< one line for --help
  std::string (*render)(const Report& report, const Appearance& appearance);
};

[[nodiscard]] const std::vector<const Format*>& all_formats();
[[nodiscard]] const Format* find_format(std::string_view name);

}  // namespace plimsoll::report
