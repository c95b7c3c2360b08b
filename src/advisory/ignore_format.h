#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advisory/ignore_rules.h"
#include "core/result.h"
#include "core/source_file.h"

namespace plimsoll::advisory {

/// What one file says.
struct IgnoreFile {
  std::vector<IgnoreRule> rules;   ///< in the order of the file
  std::vector<Error> problems;     ///< what makes the file wrong; such an entry ignores nothing
  std::vector<std::string> notes;  ///< entries that ignore nothing without being wrong, each a line
};

/// The ignore file of one tool: one file of ignore_formats/, which CMake finds.
struct IgnoreFormat {
  std::string_view name;   ///< "grype"
  std::string_view title;  ///< for people: "grype's configuration"
  bool (*recognises)(std::string_view path);
  /// Any bytes.
  IgnoreFile (*read)(const SourceFile& source);
  std::string_view source = {};  ///< where the format is written down
};

[[nodiscard]] const std::vector<const IgnoreFormat*>& all_ignore_formats();

/// By the name of the file; null when no tool reads one that is called so.
[[nodiscard]] const IgnoreFormat* ignore_format_of(std::string_view path);

/// Reads one file. What is wrong is in `problems`, also that no format has such a name.
[[nodiscard]] IgnoreFile read_ignore_file(std::string path, std::string text);

}  // namespace plimsoll::advisory
