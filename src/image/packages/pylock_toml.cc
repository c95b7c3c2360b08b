#include "image/toml_packages.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  return read_toml_packages(file, list, "packages", [](const Node&, Package&) {});
}

}  // namespace

const PackageReader& pylock_toml() {
  static constexpr PackageReader kReader{
      .kind = "pylock-toml",
      .ecosystem = "PyPI",
      .presence = Presence::kLocked,
      .files = "**/pylock.toml **/pylock.*.toml",
      .read = read,
      .source = "https://packaging.python.org/en/latest/specifications/pylock-toml/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
