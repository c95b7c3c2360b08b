#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll {

/// How far what a Dockerfile installs gets, the nearest to what runs last.
enum class InstallReach : std::uint8_t {
  kNothing,      ///< no image that can be built has any of it
  kDevelopment,  ///< only an image that is for tests or for developing, by its stage's name
  kPart,         ///< an image gets other files of the stage, which may have parts of it inside
  kTarget,       ///< the image of a stage that is built when it is asked for by name
  kImage,        ///< the image that the Dockerfile, or a Compose service, builds
};
/// "nothing", "development", "part", "target", "image".
[[nodiscard]] std::string_view to_string(InstallReach reach);
/// The opposite; kNothing for other words.
[[nodiscard]] InstallReach parse_install_reach(std::string_view word);

/// A place that installs what a lock file lists.
struct LockInstall {
  std::string path;        ///< of the Dockerfile
  std::uint32_t line = 0;  ///< of the instruction, 1-based
  std::string stage;       ///< name, or number, of the stage it is in
  bool with_dev = false;   ///< also what is only for developing
  InstallReach reach = InstallReach::kNothing;
  friend bool operator==(const LockInstall&, const LockInstall&) = default;
};

/// A file that says which packages exactly a project gets.
struct LockFile {
  std::string path;
  std::string kind;  ///< "npm-package-lock"
  std::size_t packages = 0;
  std::vector<LockInstall> installs;  ///< by path and line
  friend bool operator==(const LockFile&, const LockFile&) = default;
};

/// The install that brings packages nearest to what runs: those for developing, or the others.
/// Null when nothing installs them.
[[nodiscard]] const LockInstall* nearest_install(const LockFile& file, bool dev);

/// What becomes of its packages, for people: "installed by Dockerfile:4 into the image that runs".
/// "" where nothing is known.
[[nodiscard]] std::string describe_use(const LockFile& file, bool dev);

/// As Vulnerability::tier has it: "build-only" for what no image has that runs, else "present".
[[nodiscard]] std::string_view tier_of(const LockFile& file, bool dev);

}  // namespace plimsoll
