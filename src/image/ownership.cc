#include "image/ownership.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/path.h"
#include "core/publisher.h"
#include "image/layer.h"

namespace plimsoll::image {
namespace {

bool is_of_system(const Package& package) {
  for (const std::string_view type :
       {"pkg:deb/", "pkg:apk/", "pkg:rpm/", "pkg:alpm/", "pkg:opkg/", "pkg:portage/"}) {
    if (package.purl.starts_with(type)) return true;
  }
  return false;
}

/// Which package owns the file that is really at a path: "lib/x" of a package is "usr/lib/x" where
/// the two folders were merged. Folders are resolved once.
class Owners {
 public:
  explicit Owners(const Inventory& inventory) : tree_(inventory.tree) {
    for (const Package& package : inventory.packages) {
      // What others build is judged by nobody's advisories: what is in it speaks for itself.
      if (!is_of_system(package) || !foreign_publisher(package.version).empty()) continue;
      names_.push_back(package.name);
      for (const std::string& file : package.files) owners_.emplace(real(file), names_.size() - 1);
    }
  }

  /// "" when none does.
  std::string of(std::string_view path) {
    const auto found = owners_.find(real(path));
    return found == owners_.end() ? std::string() : names_[found->second];
  }

 private:
  std::string real(std::string_view path) {
    const std::string plain = path_in_image(path);
    const std::string folder(path::folder(plain));
    if (folder == ".") return plain;
    auto [known, is_new] = folders_.try_emplace(folder);
    if (is_new) known->second = tree_.real_path(folder);
    const std::string& place = known->second.empty() ? folder : known->second;
    return place + '/' + std::string(path::name(plain));
  }

  const FileTree& tree_;
  std::unordered_map<std::string, std::string> folders_;
  std::unordered_map<std::string, std::size_t> owners_;
  std::vector<std::string> names_;
};

}  // namespace

void settle_ownership(Inventory& inventory, std::vector<Package> of_binaries) {
  Owners owners(inventory);
  std::set<std::pair<std::string, std::string>> installed;
  for (Package& package : inventory.packages) {
    if (is_of_system(package)) {
      installed.emplace(package.ecosystem, package.name);
    } else {
      package.owner = owners.of(package.path);
    }
  }
  for (Package& package : of_binaries) {
    package.owner = owners.of(package.path);
    const bool is_program = package.ecosystem == "generic";
    const bool is_noted = is_of_system(package);
    if ((is_program || is_noted) && !package.owner.empty()) continue;
    // Each program notes the same package.
    if (is_noted && !installed.emplace(package.ecosystem, package.name).second) continue;
    inventory.packages.push_back(std::move(package));
  }
}

}  // namespace plimsoll::image
