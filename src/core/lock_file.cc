#include "core/lock_file.h"

#include <array>

namespace plimsoll {
namespace {

constexpr std::array kReaches{InstallReach::kNothing, InstallReach::kDevelopment,
                              InstallReach::kPart, InstallReach::kTarget, InstallReach::kImage};

std::string describe(const LockInstall& install) {
  const std::string by = "installed by " + install.path + ':' + std::to_string(install.line);
  const std::string stage = "stage '" + install.stage + '\'';
  switch (install.reach) {
    case InstallReach::kImage: return by + " into the image that runs";
    case InstallReach::kTarget: return by + " into an image that is built by name, " + stage;
    case InstallReach::kPart: return by + " in " + stage + ", of which the image gets a part";
    case InstallReach::kDevelopment: return by + " in " + stage + ", for tests or development only";
    case InstallReach::kNothing: return by + " in " + stage + ", of which no image gets anything";
  }
  return by;
}

}  // namespace

std::string_view to_string(InstallReach reach) {
  switch (reach) {
    case InstallReach::kNothing: return "nothing";
    case InstallReach::kDevelopment: return "development";
    case InstallReach::kPart: return "part";
    case InstallReach::kTarget: return "target";
    case InstallReach::kImage: return "image";
  }
  return "nothing";
}

InstallReach parse_install_reach(std::string_view word) {
  for (const InstallReach reach : kReaches) {
    if (to_string(reach) == word) return reach;
  }
  return InstallReach::kNothing;
}

const LockInstall* nearest_install(const LockFile& file, bool dev) {
  const LockInstall* nearest = nullptr;
  for (const LockInstall& each : file.installs) {
    if (dev && !each.with_dev) continue;
    if (nearest == nullptr || each.reach > nearest->reach) nearest = &each;
  }
  return nearest;
}

std::string describe_use(const LockFile& file, bool dev) {
  const LockInstall* const install = nearest_install(file, dev);
  if (!dev) return install == nullptr ? std::string() : describe(*install);
  if (install != nullptr) return "for development, but " + describe(*install);
  const LockInstall* const without = nearest_install(file, false);
  if (without == nullptr) return "for development";
  return "for development, which " + without->path + ':' + std::to_string(without->line) +
         " leaves out";
}

std::string_view tier_of(const LockFile& file, bool dev) {
  const LockInstall* const install = nearest_install(file, dev);
  // Nobody knows what becomes of a file that no Dockerfile installs.
  if (install == nullptr) return dev ? "build-only" : "present";
  // A part of a stage is what was built there, and not what it was built with.
  const InstallReach least = dev ? InstallReach::kTarget : InstallReach::kPart;
  return install->reach >= least ? "present" : "build-only";
}

}  // namespace plimsoll
