#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "report/document.h"

/// What was found before: a run fails on what is new only. A baseline is a file of JSON lines
/// sorted by path, so that it is read and merged like code; findings are known by their
/// fingerprints, which stay when lines above them move.
namespace plimsoll::report {

struct Baseline {
  std::vector<Entry> findings;  ///< rule, severity, control, path, message, fingerprint
};

/// @error kInvalid  the message names the line
[[nodiscard]] Result<Baseline> read_baseline(std::string_view text, std::string path);

/// The findings of `document` that are not suppressed.
[[nodiscard]] std::string write_baseline(const Document& document);

/// As if `document` had been written and read again.
[[nodiscard]] Baseline baseline_of(const Document& document);

/// Says of each finding whether it is new or known, and fills Document::fixed: those of the
/// baseline that are found no more. Of a run that is not complete nobody can say that something is
/// fixed.
void compare(const Baseline& baseline, Document& document);

}  // namespace plimsoll::report
