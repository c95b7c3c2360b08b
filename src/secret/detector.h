#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/severity.h"

namespace plimsoll::secret {

/// Where a keyword stands, and what is around it. Views are valid during the call only.
struct Spot {
  std::string_view text;     ///< up to kBefore bytes before the keyword and kAfter behind it
  std::size_t at = 0;        ///< of the keyword in `text`
  std::size_t keyword = 0;   ///< its bytes
  std::string_view path;     ///< as given to the scan; may be empty
  bool starts_text = false;  ///< `text` begins where the file does
  bool ends_text = false;    ///< `text` ends where the file does
};

inline constexpr std::size_t kBefore = 4U << 10U;
inline constexpr std::size_t kAfter = 8U << 10U;

/// What was matched: bytes of Spot::text.
struct Match {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// How the secret is found once a keyword is.
enum class Shape : std::uint8_t {
  kToken,     ///< `pattern` starts at the keyword, or up to `reach` bytes before it
  kAssigned,  ///< the keyword is in a name that a value is given to: fooToken = "…", <foo>…</foo>
  kFound,     ///< `find` knows
};

/// A kind of secret, as data. One family of them per file in detectors/, found by CMake.
/// A hit must have all that is asked for: shape, edges, entropy, no placeholder, the check.
struct Detector {
  std::string_view id;     ///< kebab-case; never reused
  std::string_view title;  ///< "GitHub personal access token"
  Severity severity = Severity::kHigh;
  std::string_view aliases;  ///< blank separated: "gitleaks:github-pat trivy:github-pat"
  Shape shape = Shape::kToken;
  /// Blank separated literals, one of which every match contains; what the single pass looks for.
  std::string_view keywords = {};  ///< exactly these bytes
  std::string_view caseless_keywords = {};
  /// Instead of a keyword: this byte twice, `pair_gap` apart, with letters, digits, '_' or '-'
  /// between, for formats without a literal.
  char pair = '\0';
  std::size_t pair_gap = 0;
  /// RE2. kToken: the whole match; kAssigned: the value, letters of either case unless it says
  /// (?-i:…).
  std::string_view pattern = {};
  int group = 0;          ///< of `pattern`: the secret
  std::size_t reach = 0;  ///< kToken: the match starts up to so many bytes before its keyword
  std::size_t after = 0;  ///< with `reach`: the match ends at most so far behind the keyword
  /// kToken: so many letters, digits, '_' or '-' follow the keyword (or pair) at once. Saves the
  /// pattern where the keyword is short.
  std::size_t run = 0;
  double entropy = 0;         ///< Shannon's, bits per byte, of the secret: at least
  bool left_edge = true;      ///< kToken: no letter, digit or '_' right before the match
  bool right_edge = true;     ///< no letter, digit, '_' or '-' right behind it
  bool placeholders = false;  ///< true: also what looks like a placeholder, as documentation has it
  /// A checksum, a decoding, a list of known examples: false is no hit.
  bool (*check)(const Spot& spot, Match match, std::string_view secret) = nullptr;
  /// kFound: adds what it finds.
  void (*find)(const Spot& spot, std::vector<Match>& found) = nullptr;
  /// Blank separated globs; a path that matches none has no such secrets. Case is ignored.
  std::string_view files = {};
  /// Where several detectors find the same bytes, the highest is reported. 0: anything of the kind.
  std::uint8_t rank = 2;
  std::string_view source = {};  ///< where the format is written down
};

struct Family {
  std::string_view name;  ///< "GitHub"
  std::span<const Detector> detectors;
};

/// Sorted by name.
[[nodiscard]] const std::vector<const Family*>& all_families();
/// Of all families, in their order.
[[nodiscard]] const std::vector<const Detector*>& all_detectors();
/// By id or by alias ("trivy:github-pat"; without its tool's name too): what one tool has as one
/// may be several here.
[[nodiscard]] std::vector<const Detector*> find_detectors(std::string_view name);

}  // namespace plimsoll::secret
