#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "core/file_system.h"

namespace plimsoll::config {

/// A configuration file on the disk, and how it is read.
struct FoundFile {
  std::string path;
  Reader reader = nullptr;
};

struct Found {
  /// The folder with .git, or the target's own, as the user would write it ("." or "../..").
  std::string root = ".";
  std::vector<FoundFile> files;  ///< weakest first: peers' files, then plimsoll.yaml
  std::vector<std::string> notes;
};

/// Looks for what a repository says about itself.
///
/// `plimsoll.yaml`, `.plimsoll.yaml` (and `.yml`): the nearest, from the target's folder upwards to
/// the one that holds `.git`. Peers' files: in that one. Without `.git` above, only the target's
/// own folder counts: who owns the folders above is not known. Links are not read: they could lead
/// out of the repository.
///
/// @param working_folder  absolute; what relative paths start from. "": the search goes no higher
///                        than where it started
[[nodiscard]] Found find_files(const FileSystem& files, std::string_view target,
                               std::string_view working_folder);

}  // namespace plimsoll::config
