#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/lock_file.h"
#include "parse/dockerfile.h"
#include "parse/ignore_file.h"

/// Which Dockerfile installs what a lock file lists, and how far that gets.
namespace plimsoll::check::install {

/// What a build is given, as far as it is about lock files.
struct BuildContext {
  std::vector<std::string_view> files;  ///< lock files, relative to the context; "": none
  const IgnoreFile* ignore = nullptr;   ///< its .dockerignore; null without
};

struct Install {
  std::size_t file = 0;  ///< index into BuildContext::files
  const dockerfile::Instruction* run = nullptr;
  bool with_dev = false;
  InstallReach reach = InstallReach::kNothing;
};

/// Follows the lock files through COPY, ADD and bind mounts into the stages, finds the commands
/// that install from them there, and follows what they install into the images.
/// @param targets     stages that somebody builds by name; the last one is built in any case
/// @param steps_left  what it may cost; 0 afterwards: some installs are missing
/// @return  by file, then in the order of the Dockerfile
[[nodiscard]] std::vector<Install> find_installs(const dockerfile::Dockerfile& file,
                                                 const BuildContext& context,
                                                 const std::vector<std::string_view>& targets,
                                                 std::size_t& steps_left);

/// The stage is for tests or for developing, by its name.
[[nodiscard]] bool is_development_stage(std::string_view name);

}  // namespace plimsoll::check::install
