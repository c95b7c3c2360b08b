#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/image_target.h"
#include "cli/vulnerability_flags.h"
#include "core/file_system.h"
#include "scan/fix.h"

/// What `plimsoll recommend` would write into Dockerfiles, offered by `plimsoll fix`.
namespace plimsoll::cli {

struct BaseFixFlags {
  bool none = false;
  VulnerabilityFlags vulnerabilities;  ///< which database, nothing else
  ImageFlags image;
};

void declare(CLI::App& app, BaseFixFlags& flags);

/// Puts edits of FROM into a plan, on top of what it has: of Dockerfiles whose base the index of
/// bases knows something better for. A rebuild or a patch release is a safe fix; everything else
/// waits for --unsafe, and is told as an idea. Without an index nothing happens.
/// @param files  as they are on disk
void add_base_fixes(const BaseFixFlags& flags, const FileSystem& files,
                    const scan::FixOptions& options, scan::FixPlan& plan,
                    std::vector<std::string>& notes);

}  // namespace plimsoll::cli
