#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "report/painter.h"
#include "report/vulnerability_counts.h"

/// What an image is built on and what it could be built on instead, as reports show it.
namespace plimsoll::report {

/// An image in figures.
struct ImageFigures {
  std::string name;
  std::string digest;       ///< of its manifest; may be ""
  std::uint64_t bytes = 0;  ///< of its files; 0: not known
  std::size_t packages = 0;
  VulnerabilityCounts counts;  ///< all zero where it was not judged
  bool is_judged = false;      ///< its distribution has advisories
  std::string support;         ///< "Debian 12 gets fixes until 2028-06-30"; "" when not known
  bool has_ended = false;      ///< nobody fixes its distribution any more
};

/// Another base that the index has.
struct BaseAlternative {
  ImageFigures figures;
  std::vector<std::string> steps;    ///< "slim", "minor"; the cheapest first
  std::vector<std::string> caveats;  ///< of each step
  std::vector<std::string> reasons;  ///< what it gains and what it costs
  std::string gain;                  ///< of these what speaks for it most; "" when nothing does
  VulnerabilityCounts mends;         ///< that the present base has and it has not
  VulnerabilityCounts brings;
  double rank = 0;  ///< what it removes over what it costs; more is better
};

struct BaseAdvice {
  ImageFigures yours;  ///< "" as its name where only a base was asked about
  std::optional<ImageFigures> base;
  std::string evidence;                    ///< why that is the base, a phrase
  std::optional<BaseAlternative> refresh;  ///< the same tag, built later
  std::vector<BaseAlternative> others;     ///< the best first
  std::vector<std::string> worth_adding;   ///< names that the index has not
  std::string next_step;                   ///< one sentence without full stop
  std::string edit;                        ///< of a Dockerfile, as a unified diff; may be ""
  std::string no_edit;                     ///< what is not edited and why, a phrase; may be ""
  std::string advisories_made;
  std::vector<Error> problems;  ///< of the index
};

/// Yours, the base, its refresh and the best other in a table, and what to do next.
[[nodiscard]] std::string quickview(const BaseAdvice& advice, const Painter& painter);
/// Every alternative with its reasons and caveats.
[[nodiscard]] std::string recommendations(const BaseAdvice& advice, const Painter& painter);
/// Schema plimsoll/bases@1.
[[nodiscard]] std::string advice_json(const BaseAdvice& advice);

}  // namespace plimsoll::report
