#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "advisory/cvss_metrics.h"
#include "advisory/cvss_versions.h"

// Sources: https://www.first.org/cvss/v3-0/specification-document, section 8, and
// https://www.first.org/cvss/v3-1/specification-document, section 7 and appendix A.
//
// Both have the same base equations and differ in how they round up: 3.0 "to the smallest number
// with one decimal that is not less", which binary fractions get wrong where they come out a hair
// above a tenth; 3.1 therefore rounds to five decimals first. The equations are reckoned in whole
// numbers of the last decimal that weights have, so 3.0 is right as well.

namespace plimsoll::advisory::cvss {
namespace {

enum Place : std::size_t { kAV, kAC, kPR, kUI, kS, kC, kI, kA };

constexpr Metric kMetrics[] = {
    {"AV", "N A L P", true}, {"AC", "L H", true},  {"PR", "N L H", true}, {"UI", "N R", true},
    {"S", "U C", true},      {"C", "H L N", true}, {"I", "H L N", true},  {"A", "H L N", true},
    {"E", "X H F P U"},      {"RL", "X U W T O"},  {"RC", "X C R U"},     {"CR", "X H M L"},
    {"IR", "X H M L"},       {"AR", "X H M L"},    {"MAV", "X N A L P"},  {"MAC", "X L H"},
    {"MPR", "X N L H"},      {"MUI", "X N R"},     {"MS", "X U C"},       {"MC", "X H L N"},
    {"MI", "X H L N"},       {"MA", "X H L N"},
};

/// Weights in hundredths.
std::int64_t attack_vector(char value) {
  return value == 'N' ? 85 : value == 'A' ? 62 : value == 'L' ? 55 : 20;
}
std::int64_t attack_complexity(char value) {
  return value == 'L' ? 77 : 44;
}
std::int64_t privileges(char value, bool is_scope_changed) {
  if (value == 'N') return 85;
  if (value == 'L') return is_scope_changed ? 68 : 62;
  return is_scope_changed ? 50 : 27;
}
std::int64_t user_interaction(char value) {
  return value == 'N' ? 85 : 62;
}
/// What an impact leaves over.
std::int64_t spared(char value) {
  return value == 'N' ? 100 : value == 'L' ? 78 : 44;
}

constexpr std::int64_t kUnit = 10'000'000'000;  // 1.0 with ten decimals

/// The impact sub-score of a changed scope. A fifteenth power has more decimals than an integer
/// holds, but no score that comes of it is within a millionth of where rounding turns.
std::int64_t changed_impact(double harm) {
  const double impact = 7.52 * (harm - 0.029) - 3.25 * std::pow(harm - 0.02, 15);
  return std::llround(impact * static_cast<double>(kUnit));
}

/// The base score before it is rounded, in units of the twelfth decimal.
std::int64_t base_score(const Values& values) {
  const bool is_scope_changed = values[kS] == 'C';
  const std::int64_t harm =  // six decimals
      1'000'000 - spared(values[kC]) * spared(values[kI]) * spared(values[kA]);
  if (harm == 0) return 0;
  const std::int64_t impact =
      is_scope_changed ? changed_impact(static_cast<double>(harm) / 1e6) : 642 * harm * 100;
  const std::int64_t exploitability =
      822 * attack_vector(values[kAV]) * attack_complexity(values[kAC]) *
      privileges(values[kPR], is_scope_changed) * user_interaction(values[kUI]);
  const std::int64_t factor = is_scope_changed ? 108 : 100;
  return std::min(factor * (impact + exploitability), 1000 * kUnit);
}

/// Section 8 of 3.0: the smallest tenth that is not less.
int round_up_v30(std::int64_t score) {
  constexpr std::int64_t kTenth = 10 * kUnit;
  return static_cast<int>((score + kTenth - 1) / kTenth);
}

/// Appendix A of 3.1: the same, of the score rounded to five decimals.
int round_up_v31(std::int64_t score) {
  constexpr std::int64_t kFifthDecimal = kUnit / 1000;
  const std::int64_t rounded = (score + kFifthDecimal / 2) / kFifthDecimal;
  return static_cast<int>((rounded + 9999) / 10'000);
}

std::optional<CvssScore> score_of_v3(std::string_view metrics, std::string_view version,
                                     int (*round_up)(std::int64_t score)) {
  const std::optional<Values> values = read_metrics(metrics, kMetrics);
  if (!values) return std::nullopt;
  const int tenths = round_up(base_score(*values));
  return CvssScore{
      .score = tenths / 10.0,
      .severity = severity_of_tenths(tenths),
      .version = version,
      .is_remote = (*values)[kAV] == 'N',
      .needs_no_privileges = (*values)[kPR] == 'N',
      .needs_no_user = (*values)[kUI] == 'N',
  };
}

}  // namespace

std::optional<CvssScore> score_of_v30(std::string_view metrics) {
  return score_of_v3(metrics, "3.0", round_up_v30);
}

std::optional<CvssScore> score_of_v31(std::string_view metrics) {
  return score_of_v3(metrics, "3.1", round_up_v31);
}

}  // namespace plimsoll::advisory::cvss
