#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

/// Documents → text. One format per file in formats/, found by CMake.
namespace plimsoll::report {

/// How a person's terminal is. Formats for machines ignore it.
struct Appearance {
  bool color = false;
  std::size_t width = 100;  ///< columns
  bool unicode = true;
  bool verbose = false;  ///< every finding with its reasons
  bool show_suppressed = false;
  bool with_source = false;    ///< JSON: also the source lines and the edits of fixes
  bool details = false;        ///< of each vulnerability what its advisory says
  bool locations = false;      ///< of each vulnerability its file and layer
  bool list_packages = false;  ///< also those without fault, where a format leaves them out
};

struct Format {
  std::string_view name;   ///< as after --format
  std::string_view title;  ///< one line for --help
  std::string (*render)(const Document& document, const Appearance& appearance);
  /// Several at once: two are compared, more are a trend, the last is the current. Null: the format
  /// prints one.
  std::string (*render_many)(std::span<const NamedDocument> documents) = nullptr;
  bool needs_source = false;    ///< shows source lines or edits: wants document_of(report, true)
  bool lists_packages = false;  ///< what `plimsoll sbom` prints
  bool tells_vulnerabilities = false;  ///< has a place of their own for them
  std::string_view also = {};          ///< a shorter name; "" without
};

[[nodiscard]] const std::vector<const Format*>& all_formats();
[[nodiscard]] const Format* find_format(std::string_view name);
/// Why find_format() has none of this name, for people.
[[nodiscard]] std::string why_no_format(std::string_view name);

}  // namespace plimsoll::report
