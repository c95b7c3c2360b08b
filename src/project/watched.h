#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "project/project.h"

/// Which of a project's images somebody keeps up to date.
namespace plimsoll {

/// Path below the project's root: "app/Dockerfile".
[[nodiscard]] std::string_view relative_to_root(const Project& project, std::string_view path);

/// In a folder of tests, examples or other people's code: nobody ships it from here.
[[nodiscard]] bool is_sample(std::string_view relative_path);

/// The project's own paths among `paths`, relative to its root, without samples.
[[nodiscard]] std::vector<std::string_view> own_files(const Project& project,
                                                      const std::vector<std::string>& paths);

/// What one bot keeps up to date, whichever the folder.
struct Watched {
  bool dockerfiles = false;
  bool compose_files = false;
  bool manifests = false;
};
[[nodiscard]] Watched watched_by(const UpdateBot& bot);
[[nodiscard]] Watched watched_in(const Project& project);

}  // namespace plimsoll
