#include "image/dpkg_ownership.h"

#include <string>

#include "core/ascii.h"

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

}  // namespace

void own_dpkg_files(Inventory& inventory) {
  for (Package& package : inventory.packages) {
    if (!package.files.empty()) continue;
    if (package.path.starts_with("var/lib/dpkg/status.d/")) {
      own_summed_files(inventory, package);
      continue;
    }
    if (package.path != "var/lib/dpkg/status") continue;
    const std::string base = "var/lib/dpkg/info/" + package.name;
    std::string_view list = inventory.fact(base + ':' + package.architecture + ".list");
    if (list.empty()) list = inventory.fact(base + ".list");
    for (const std::string_view line : ascii::split(list, '\n')) {
      if (!line.empty() && line != "/.") package.files.emplace_back(line);
    }
  }
}

}  // namespace plimsoll::image
