#include <cstddef>
#include <cstdint>

#include "advisory/cvss_metrics.h"
#include "advisory/cvss_versions.h"

// Source: https://www.first.org/cvss/v2/guide, section 3.2.1. The equations are reckoned in whole
// numbers: each weight has few decimals, so nothing is lost and ties round as on paper.

namespace plimsoll::advisory::cvss {
namespace {

enum Place : std::size_t { kAV, kAC, kAu, kC, kI, kA };

constexpr Metric kMetrics[] = {
    {"AV", "L A N", true}, {"AC", "H M L", true},     {"Au", "M S N", true}, {"C", "N P C", true},
    {"I", "N P C", true},  {"A", "N P C", true},      {"E", "U POC F H ND"}, {"RL", "OF TF W U ND"},
    {"RC", "UC UR C ND"},  {"CDP", "N L LM MH H ND"}, {"TD", "N L M H ND"},  {"CR", "L M H ND"},
    {"IR", "L M H ND"},    {"AR", "L M H ND"},
};

/// In thousandths.
std::int64_t access_vector(char value) {
  return value == 'N' ? 1000 : value == 'A' ? 646 : 395;
}
/// In hundredths.
std::int64_t access_complexity(char value) {
  return value == 'L' ? 71 : value == 'M' ? 61 : 35;
}
/// In thousandths.
std::int64_t authentication(char value) {
  return value == 'N' ? 704 : value == 'S' ? 560 : 450;
}
/// What an impact leaves over, in thousandths.
std::int64_t spared(char value) {
  return value == 'N' ? 1000 : value == 'P' ? 725 : 340;
}

int base_tenths(const Values& values) {
  constexpr std::int64_t kOne = 1'000'000'000'000;  // 1.0 with twelve decimals
  const std::int64_t harm =                         // nine decimals
      1'000'000'000 - spared(values[kC]) * spared(values[kI]) * spared(values[kA]);
  if (harm == 0) return 0;  // f(Impact)
  // 0.6 · Impact, with Impact = 10.41 · harm.
  const std::int64_t impact = 6246 * harm;
  // 0.4 · Exploitability, with Exploitability = 20 · AV · AC · Au; eight decimals and four more.
  const std::int64_t exploitability = 8 * access_vector(values[kAV]) *
                                      access_complexity(values[kAC]) * authentication(values[kAu]) *
                                      10'000;
  const std::int64_t score = (impact + exploitability - kOne * 3 / 2) * 1176;  // fifteen decimals
  constexpr std::int64_t kTenth = kOne * 100;
  return static_cast<int>((score + kTenth / 2) / kTenth);
}

}  // namespace

std::optional<CvssScore> score_of_v2(std::string_view metrics) {
  const std::optional<Values> values = read_metrics(metrics, kMetrics);
  if (!values) return std::nullopt;
  const int tenths = base_tenths(*values);
  return CvssScore{
      .score = tenths / 10.0,
      // The scale that the NVD gave 2.0 has neither "none" nor "critical".
      .severity = tenths >= 70   ? Severity::kHigh
                  : tenths >= 40 ? Severity::kMedium
                                 : Severity::kLow,
      .version = "2.0",
      .is_remote = (*values)[kAV] == 'N',
      .needs_no_privileges = (*values)[kAu] == 'N',
  };
}

}  // namespace plimsoll::advisory::cvss
