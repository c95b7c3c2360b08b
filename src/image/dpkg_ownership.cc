#include "image/dpkg_ownership.h"

#include <string>

#include "core/ascii.h"

namespace plimsoll::image {

void own_dpkg_files(Inventory& inventory) {
  for (Package& package : inventory.packages) {
    if (!package.files.empty() || package.path != "var/lib/dpkg/status") continue;
    const std::string base = "var/lib/dpkg/info/" + package.name;
    std::string_view list = inventory.fact(base + ':' + package.architecture + ".list");
    if (list.empty()) list = inventory.fact(base + ".list");
    for (const std::string_view line : ascii::split(list, '\n')) {
      if (!line.empty() && line != "/.") package.files.emplace_back(line);
    }
  }
}

}  // namespace plimsoll::image
