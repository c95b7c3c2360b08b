#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"
#include "core/date.h"
#include "core/finding.h"
#include "parse/dockerfile.h"
#include "parse/node.h"

/// Comments (and Kubernetes annotations) by which people silence a rule, ours and the peers'.
namespace plimsoll::check {

struct Pragma {
  enum class Scope : std::uint8_t { kLines, kFile };
  Scope scope = Scope::kLines;
  Span lines;                      ///< bytes that it covers when scope is kLines
  std::vector<std::string> rules;  ///< slugs and peers' ids ("hadolint:DL3006"); empty = every rule
  Suppression suppression;
  Span span;  ///< of the comment itself
  bool expired = false;
};

/// Reads the pragmas of one file, whatever it is. `# plimsoll ignore=slug[,slug] reason="…"
/// until=2027-01-01` on the line of a finding or above it (above an instruction, a key, a block:
/// then for the whole of it); `# plimsoll ignore-file=slug …` for the file.
/// Also hadolint, checkov, trivy, KICS, nosemgrep, BuildKit `# check=skip=`, and the annotations
/// of checkov, kube-linter, kube-score, polaris.
/// An expired pragma is returned with `expired` and silences nothing.
[[nodiscard]] std::vector<Pragma> read_pragmas(const dockerfile::Dockerfile& file, Date today);
[[nodiscard]] std::vector<Pragma> read_pragmas(const Tree& tree, Date today);
[[nodiscard]] std::vector<Pragma> read_pragmas_of_shell(const SourceFile& file, Date today);

/// Marks those of one file's findings that some pragma covers. A finding about something absent is
/// covered by a pragma on or above the place where it is reported, or by a file pragma.
/// @return for each pragma whether it silenced something
std::vector<bool> suppress(const std::vector<Pragma>& pragmas,
                           const std::vector<Finding*>& findings);

}  // namespace plimsoll::check
