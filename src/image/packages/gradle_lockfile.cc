#include <algorithm>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "group:artifact:version=configuration,configuration". Before Gradle 6.8 each configuration had a
/// file of its own, without what follows the version.
Result<void> read(PackageFile& file, PackageList& list) {
  std::uint32_t number = 0;
  std::uint32_t first_other = 0;
  for (std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++number;
    line = ascii::trim(line.substr(0, line.find('#')));
    const std::string_view coordinates = ascii::trim(line.substr(0, line.find('=')));
    const std::vector<std::string_view> parts = ascii::split(coordinates, ':');
    const bool is_row =
        parts.size() == 3 && std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
          return part.empty() || part.find_first_of(" \t") != part.npos;
        });
    if (!is_row) {
      // "empty=…" names the configurations without dependencies.
      if (!coordinates.empty() && coordinates != "empty" && first_other == 0) first_other = number;
      continue;
    }
    Package& package =
        list.add(std::string(parts[0]) + ':' + std::string(parts[1]), parts[2], number);
    if (coordinates.size() == line.size()) continue;
    const auto used_by = ascii::split(line.substr(line.find('=') + 1), ',');
    package.dev = std::all_of(used_by.begin(), used_by.end(), [](std::string_view each) {
      return ascii::trim(each).starts_with("test");
    });
  }
  if (first_other == 0) return {};
  return file.fail_at(first_other, "no 'group:artifact:version'");
}

}  // namespace

const PackageReader& gradle_lockfile() {
  static constexpr PackageReader kReader{
      .kind = "gradle-lockfile",
      .ecosystem = "Maven",
      .presence = Presence::kLocked,
      .files =
          "**/gradle.lockfile **/buildscript-gradle.lockfile "
          "**/gradle/dependency-locks/*.lockfile",
      .read = read,
      .source = "https://docs.gradle.org/current/userguide/dependency_locking.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
