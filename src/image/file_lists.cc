#include "image/file_lists.h"

#include <string>

#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::image {

namespace {

/// Images without dpkg keep each package in a file of its own and the sums of its files beside it:
/// "d41d8cd98f00b204e9800998ecf8427e  usr/bin/x".
void own_summed_files(const Inventory& inventory, Package& package) {
  constexpr std::size_t kSum = 32;
  for (std::string_view line : ascii::split(inventory.fact(package.path + ".md5sums"), '\n')) {
    if (line.size() <= kSum) continue;
    line = ascii::trim(line.substr(kSum));
    if (!line.empty()) package.files.push_back('/' + std::string(line));
  }
}

void own_dpkg_files(const Inventory& inventory, Package& package) {
  const std::string base = "var/lib/dpkg/info/" + package.name;
  std::string_view list = inventory.fact(base + ':' + package.architecture + ".list");
  if (list.empty()) list = inventory.fact(base + ".list");
  for (const std::string_view line : ascii::split(list, '\n')) {
    if (!line.empty() && line != "/.") package.files.emplace_back(line);
  }
}

/// Those below "%FILES%", to the next empty line; folders end in '/'.
void own_pacman_files(const Inventory& inventory, Package& package) {
  const std::string folder(path::folder(package.path));
  bool is_list = false;
  for (const std::string_view line : ascii::split(inventory.fact(folder + "/files"), '\n')) {
    if (line == "%FILES%") {
      is_list = true;
    } else if (line.empty()) {
      is_list = false;
    } else if (is_list && !line.ends_with('/')) {
      package.files.push_back('/' + std::string(line));
    }
  }
}

}  // namespace

void take_file_lists(Inventory& inventory) {
  for (Package& package : inventory.packages) {
    if (!package.files.empty()) continue;
    if (package.path.starts_with("var/lib/dpkg/status.d/")) {
      own_summed_files(inventory, package);
    } else if (package.path == "var/lib/dpkg/status") {
      own_dpkg_files(inventory, package);
    } else if (ascii::contains(package.path, "lib/pacman/local/")) {
      own_pacman_files(inventory, package);
    }
  }
}

}  // namespace plimsoll::image
