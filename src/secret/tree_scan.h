#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"
#include "core/finding.h"
#include "secret/secret_scan.h"

namespace plimsoll::secret {

struct ScannedFile {
  std::string path;  ///< as the user would name it
  Outcome outcome;
};

struct TreeScan {
  std::vector<ScannedFile> files;  ///< those with hits, by path
  std::vector<Incomplete> incomplete;
  std::map<std::string, std::size_t, std::less<>> skipped;  ///< why_skipped() → files
  std::size_t scanned = 0;
};

struct TreeOptions {
  std::vector<std::string> targets;  ///< files and folders
  std::size_t jobs = 0;              ///< 0: one per processor
  bool all_files = false;            ///< also those that why_skipped() would skip
  std::function<void(std::size_t found, std::size_t read)> progress = {};  ///< from any thread
};

/// What of a file was not searched.
[[nodiscard]] std::vector<Incomplete> incomplete_of(std::string_view path, const Outcome& outcome);

/// Scans files, and all files below folders: hidden ones too, since .env, .npmrc, .aws/ and
/// .docker/ are where secrets are; not .git, .hg, .svn and node_modules, and no links. A file that
/// is named is scanned whatever its name.
[[nodiscard]] TreeScan scan_trees(const FileSystem& files, const DetectorSet& detectors,
                                  const TreeOptions& options);

}  // namespace plimsoll::secret
