#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "check/rule.h"
#include "config/configuration.h"
#include "core/file_system.h"
#include "core/report.h"
#include "scan/live.h"
#include "scan/progress.h"

/// The one place that knows all readers and rules: targets in, report out.
namespace plimsoll::scan {

struct AuditOptions {
  /// Files and folders; "-" is `standard_input`; containers that an engine has (live.h).
  std::vector<std::string> targets;
  std::string standard_input;
  OpenEngine open_engine;   ///< may be empty: then no container can be asked for
  bool as_inspect = false;  ///< --inspect: the targets are `docker inspect` output
  bool all_rules = false;   ///< show the findings of every rule, not only the default set
  bool merged = true;       ///< findings that one line or edit answers are one; else one by one
  std::vector<std::string> only_rules;  ///< slugs; empty = all
  std::size_t jobs = 0;                 ///< 0 = one per processor
  bool note_unused_comments = false;    ///< our ignore comments that silence nothing become notes
  check::RuleOptions rules;
  Progress* progress = nullptr;         ///< told how far it is; may be null
  config::Configuration configuration;  ///< its rule options are in `rules` already
};

/// Never fails as a whole: what could not be read or judged is in Report::incomplete.
/// The result does not depend on `jobs`.
[[nodiscard]] Report audit(const FileSystem& files, const AuditOptions& options);

struct LockFiles;  // lock_files.h
/// The same, and what the lock files of the folders say, which changes no finding.
[[nodiscard]] Report audit(const FileSystem& files, const AuditOptions& options, LockFiles& locks);

}  // namespace plimsoll::scan
