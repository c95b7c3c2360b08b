#pragma once

#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/lock_file.h"
#include "core/package.h"
#include "scan/inputs.h"
#include "scan/model.h"

/// Files that say which packages exactly a project gets, beside the files that build its images.
namespace plimsoll::scan {

struct LockFiles {
  std::vector<LockFile> files;    ///< by path
  std::vector<Package> packages;  ///< by ecosystem, name, version, path
  bool has_dockerfiles = false;   ///< so that it means something when none installs a file

  /// Null when there is none of this path.
  [[nodiscard]] const LockFile* find(std::string_view path) const;
};

/// By name alone: locks of every ecosystem, and requirements of pip. What only lists checksums
/// (go.sum) or wishes (package.json) is none.
[[nodiscard]] bool is_lock_file(std::string_view path);

/// Reads those that discovery brought, in parallel, and says which Dockerfiles install them.
/// @param incomplete  gets what could not be read
[[nodiscard]] LockFiles read_lock_files(const Inputs& inputs, const Model& model, std::size_t jobs,
                                        std::vector<Incomplete>& incomplete);

}  // namespace plimsoll::scan
