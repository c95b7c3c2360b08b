#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "advisory/cvss_metrics.h"
#include "advisory/cvss_v4_table.h"
#include "advisory/cvss_versions.h"

// Source: https://www.first.org/cvss/v4-0/specification-document, section 8, and the calculator
// that it refers to, https://github.com/FIRSTdotorg/cvss-v4-calculator.
//
// A vector belongs to a macro vector: a level for each of five sets of metrics. The table has the
// score of the most severe vectors of each. The others of it lie between that and the score of the
// next lower macro vectors: for each set that has a lower level, the share is how many steps the
// vector is below the most severe, of as many as the level is deep; the mean of those gaps is taken
// off. The most severe vectors of a level are several, but all are as many steps below the
// most severe value of every metric, and each vector of the level is below one of them. So the
// steps of a vector are counted from there, and no one has to find which of them is above it.

namespace plimsoll::advisory::cvss {
namespace {

enum Place : std::size_t { kAV, kAC, kAT, kPR, kUI, kVC, kVI, kVA, kSC, kSI, kSA };
constexpr std::size_t kModified = 11;  // from a base metric to the one that overrides it
enum Other : std::size_t { kE = 2 * kModified, kCR, kIR, kAR };

constexpr Metric kMetrics[] = {
    {"AV", "N A L P", true}, {"AC", "L H", true},
    {"AT", "N P", true},     {"PR", "N L H", true},
    {"UI", "N P A", true},   {"VC", "H L N", true},
    {"VI", "H L N", true},   {"VA", "H L N", true},
    {"SC", "H L N", true},   {"SI", "H L N", true},
    {"SA", "H L N", true},   {"MAV", "X N A L P"},
    {"MAC", "X L H"},        {"MAT", "X N P"},
    {"MPR", "X N L H"},      {"MUI", "X N P A"},
    {"MVC", "X H L N"},      {"MVI", "X H L N"},
    {"MVA", "X H L N"},      {"MSC", "X H L N"},
    {"MSI", "X S H L N"},    {"MSA", "X S H L N"},
    {"E", "X A P U"},        {"CR", "X H M L"},
    {"IR", "X H M L"},       {"AR", "X H M L"},
    {"S", "X N P"},          {"AU", "X N Y"},
    {"R", "X A U I"},        {"V", "X D C"},
    {"RE", "X L M H"},       {"U", "X Clear Green Amber Red"},
};
static_assert(std::size(kMetrics) <= kMostMetrics);

/// A set of metrics on one of its levels.
struct Level {
  int steps = 0;  ///< below the most severe value of every metric of the set
  int first = 0;  ///< the steps of the most severe vectors of the level
  int depth = 1;  ///< as published, which is not the steps of the least severe
};

struct Scored {
  MacroVector macro;
  Level exploitability;
  Level complexity;
  Level vulnerable;
  Level subsequent;
};

/// The metrics as they are scored: what the environment overrides, and the worst where nothing is
/// said of threat or requirements.
class Effective {
 public:
  explicit Effective(const Values& values) : values_(values) {}

  [[nodiscard]] char base(std::size_t place) const {
    return is_defined(values_[place + kModified]) ? values_[place + kModified] : values_[place];
  }
  [[nodiscard]] char other(std::size_t place) const {
    if (is_defined(values_[place])) return values_[place];
    return place == kE ? 'A' : 'H';
  }

 private:
  static bool is_defined(char value) { return value != '\0' && value != 'X'; }
  const Values& values_;
};

/// How many steps a value is below the first of `order`.
int steps(char value, std::string_view order) {
  return static_cast<int>(order.find(value));
}

void score_exploitability(const Effective& metrics, Scored& scored) {
  const char av = metrics.base(kAV);
  const char pr = metrics.base(kPR);
  const char ui = metrics.base(kUI);
  const int open = (av == 'N' ? 1 : 0) + (pr == 'N' ? 1 : 0) + (ui == 'N' ? 1 : 0);
  static constexpr Level kLevels[] = {{0, 0, 1}, {0, 1, 4}, {0, 3, 5}};
  scored.macro.exploitability = open == 3 ? 0 : open > 0 && av != 'P' ? 1 : 2;
  scored.exploitability = kLevels[scored.macro.exploitability];
  scored.exploitability.steps = steps(av, "NALP") + steps(pr, "NLH") + steps(ui, "NPA");
}

void score_complexity(const Effective& metrics, Scored& scored) {
  static constexpr Level kLevels[] = {{0, 0, 1}, {0, 1, 2}};
  const int below = steps(metrics.base(kAC), "LH") + steps(metrics.base(kAT), "NP");
  scored.macro.complexity = below == 0 ? 0 : 1;
  scored.complexity = kLevels[scored.macro.complexity];
  scored.complexity.steps = below;
}

void score_vulnerable(const Effective& metrics, Scored& scored) {
  static constexpr Level kLevels[] = {{0, 0, 7}, {0, 3, 6}, {0, 1, 8}, {0, 3, 8}, {0, 3, 10}};
  static constexpr std::size_t kImpacts[] = {kVC, kVI, kVA};
  static constexpr std::size_t kRequirements[] = {kCR, kIR, kAR};
  std::array<bool, 3> is_high{};
  bool is_required = false;  // EQ6
  int below = 0;
  for (std::size_t i = 0; i < is_high.size(); ++i) {
    const char impact = metrics.base(kImpacts[i]);
    const char requirement = metrics.other(kRequirements[i]);
    is_high[i] = impact == 'H';
    is_required |= is_high[i] && requirement == 'H';
    below += steps(impact, "HLN") + steps(requirement, "HML");
  }
  std::size_t& level = scored.macro.vulnerable;
  if (is_high[0] && is_high[1]) {
    level = is_required ? 0 : 1;
  } else if (is_high[0] || is_high[1] || is_high[2]) {
    level = is_required ? 2 : 3;
  } else {
    level = 4;
  }
  scored.vulnerable = kLevels[level];
  scored.vulnerable.steps = below;
}

void score_subsequent(const Effective& metrics, Scored& scored) {
  static constexpr Level kLevels[] = {{0, 1, 6}, {0, 3, 5}, {0, 6, 4}};
  const char sc = metrics.base(kSC);
  const char si = metrics.base(kSI);
  const char sa = metrics.base(kSA);
  const bool is_safety = si == 'S' || sa == 'S';
  const bool is_high = sc == 'H' || si == 'H' || sa == 'H';
  scored.macro.subsequent = is_safety ? 0 : is_high ? 1 : 2;
  scored.subsequent = kLevels[scored.macro.subsequent];
  scored.subsequent.steps = steps(sc, "SHLN") + steps(si, "SHLN") + steps(sa, "SHLN");
}

/// The mean of what is taken off, as a fraction, so that a tie rounds as on paper. (The calculator
/// adds a millionth to its binary fractions for that.)
class Gaps {
 public:
  explicit Gaps(int tenths) : tenths_(tenths) {}

  /// A set that has a lower level, whose macro vector has `lower` tenths.
  void add(const Level& level, int lower) {
    sum_ += (tenths_ - lower) * (level.steps - level.first) * (kDepths / level.depth);
    ++count_;
  }
  /// Half a tenth is rounded up.
  [[nodiscard]] int rounded_tenths() const {
    if (count_ == 0) return tenths_;
    const int unit = kDepths * count_;
    return (2 * (tenths_ * unit - sum_) + unit) / (2 * unit);
  }

 private:
  static constexpr int kDepths = 840;  // a multiple of every depth
  int tenths_ = 0;
  int sum_ = 0;
  int count_ = 0;
};

/// The macro vector with one level of one set lower.
int lower_tenths(MacroVector macro, std::size_t MacroVector::*level, std::size_t by = 1) {
  macro.*level += by;
  return macro_tenths(macro);
}

/// EQ3 and EQ6 have two ways down from "00"; the higher score counts. From "01" and "10" it is
/// "11", from there "21".
int lower_vulnerable_tenths(const MacroVector& macro) {
  static constexpr auto kLevel = &MacroVector::vulnerable;
  switch (macro.vulnerable) {
    case 0: return std::max(lower_tenths(macro, kLevel, 1), lower_tenths(macro, kLevel, 2));
    case 1: return lower_tenths(macro, kLevel, 2);
    default: return lower_tenths(macro, kLevel, 1);
  }
}

bool has_impact(const Effective& metrics) {
  static constexpr std::size_t kImpacts[] = {kVC, kVI, kVA, kSC, kSI, kSA};
  return std::any_of(std::begin(kImpacts), std::end(kImpacts),
                     [&metrics](std::size_t place) { return metrics.base(place) != 'N'; });
}

int tenths_of(const Effective& metrics) {
  if (!has_impact(metrics)) return 0;

  Scored scored;
  score_exploitability(metrics, scored);
  score_complexity(metrics, scored);
  score_vulnerable(metrics, scored);
  score_subsequent(metrics, scored);
  scored.macro.exploits = static_cast<std::size_t>(steps(metrics.other(kE), "APU"));

  const MacroVector& macro = scored.macro;
  Gaps gaps(macro_tenths(macro));
  if (macro.exploitability < 2) {
    gaps.add(scored.exploitability, lower_tenths(macro, &MacroVector::exploitability));
  }
  if (macro.complexity < 1) {
    gaps.add(scored.complexity, lower_tenths(macro, &MacroVector::complexity));
  }
  if (macro.vulnerable < 4) gaps.add(scored.vulnerable, lower_vulnerable_tenths(macro));
  if (macro.subsequent < 2) {
    gaps.add(scored.subsequent, lower_tenths(macro, &MacroVector::subsequent));
  }
  // A single metric: always the first of its level, but it counts in the mean.
  if (macro.exploits < 2) gaps.add({}, lower_tenths(macro, &MacroVector::exploits));
  return gaps.rounded_tenths();
}

}  // namespace

std::optional<CvssScore> score_of_v4(std::string_view metrics) {
  const std::optional<Values> values = read_metrics(metrics, kMetrics);
  if (!values) return std::nullopt;
  const Effective effective(*values);
  const int tenths = tenths_of(effective);
  return CvssScore{
      .score = tenths / 10.0,
      .severity = severity_of_tenths(tenths),
      .version = "4.0",
      .is_remote = effective.base(kAV) == 'N',
      .needs_no_privileges = effective.base(kPR) == 'N',
      .needs_no_user = effective.base(kUI) == 'N',
  };
}

}  // namespace plimsoll::advisory::cvss
