#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::version {

/// A version of PEP 440, in views into its text; words are not yet in one spelling.
struct PythonVersion {
  enum class Phase : std::uint8_t { kAlpha, kBeta, kCandidate, kNone };

  std::string_view epoch;
  std::string_view release;  ///< "1.2.3"
  Phase phase = Phase::kNone;
  std::string_view phase_number;
  bool is_post = false;
  std::string_view post_number;
  bool is_dev = false;
  std::string_view dev_number;
  std::string_view local;

  [[nodiscard]] bool is_prerelease() const { return is_dev || phase != Phase::kNone; }
};

/// Null when PEP 440 refuses it.
[[nodiscard]] std::optional<PythonVersion> parse_python_version(std::string_view text);

[[nodiscard]] std::weak_ordering compare_python(const PythonVersion& a, const PythonVersion& b);

/// As setuptools compared what has no form, before PEP 440: runs of digits, letters and all else.
/// Allocates. Any bytes.
[[nodiscard]] std::weak_ordering compare_legacy_python(std::string_view a, std::string_view b);

}  // namespace plimsoll::version
