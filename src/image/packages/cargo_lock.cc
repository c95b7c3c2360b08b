#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const Node* packages = (*root)->find("package");
  if (packages == nullptr || !packages->is_sequence()) return {};
  for (const Node* package : packages->items) {
    const Node* name = package->find("name");
    const Node* version = package->find("version");
    if (name == nullptr || version == nullptr) continue;
    list.add(name->str(), version->str(), file.line_of(*name));
  }
  return {};
}

}  // namespace

const PackageReader& cargo_lock() {
  static constexpr PackageReader kReader{
      .kind = "cargo-lock",
      .ecosystem = "crates.io",
      .presence = Presence::kLocked,
      .files = "**/Cargo.lock",
      .read = read,
      .source = "https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
