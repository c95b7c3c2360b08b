#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// name = "1.0", or {version = "1.0", package = "real-name", git = …, path = …}
void read_dependencies(PackageFile& file, const Node& owner, PackageList& list) {
  for (const std::string_view section :
       {"dependencies", "build-dependencies", "dev-dependencies"}) {
    for (const auto& [key, value, merged, duplicate] : entries_of(owner, section)) {
      const std::string_view renamed = field(*value, "package");
      list.add(renamed.empty() ? key->text : renamed,
               value->is_mapping() ? field(*value, "version") : value->str(), file.line_of(*key))
          .dev = section == "dev-dependencies";
    }
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const Node& top = **root;
  if (const Node* package = top.find("package")) {
    const Node* name = package->find("name");
    if (name != nullptr) {
      list.add(name->str(), field(*package, "version"), file.line_of(*name)).licenses =
          texts(package->find("license"));
    }
  }
  read_dependencies(file, top, list);
  if (const Node* workspace = top.find("workspace")) read_dependencies(file, *workspace, list);
  for (const Node::Entry& target : entries_of(top, "target")) {
    read_dependencies(file, *target.value, list);
  }
  return {};
}

}  // namespace

const PackageReader& cargo_toml() {
  static constexpr PackageReader kReader{
      .kind = "cargo-toml",
      .ecosystem = "crates.io",
      .presence = Presence::kDeclared,
      .files = "**/Cargo.toml",
      .read = read,
      .source = "https://doc.rust-lang.org/cargo/reference/manifest.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
