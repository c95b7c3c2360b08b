#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/vulnerability_flags.h"
#include "report/document.h"
#include "scan/lock_files.h"

/// What lock files mean for a report.
namespace plimsoll::cli {

struct LockFlags {
  bool none = false;              ///< --no-vulnerabilities
  std::vector<std::string> omit;  ///< "dev"
  VulnerabilityFlags vulnerabilities;
};

void declare(CLI::App& app, LockFlags& flags);

/// Puts the lock files, their packages and what is known to be wrong with these into the report.
/// Without any lock file nothing is asked, and nothing changes.
void add_lock_files(const LockFlags& flags, const config::Configuration& configuration,
                    scan::LockFiles locks, report::Document& document,
                    std::vector<std::string>& notes);

}  // namespace plimsoll::cli
