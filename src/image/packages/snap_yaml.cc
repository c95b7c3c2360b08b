#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "gcc-10-base:amd64=10.5.0-1ubuntu1~20.04", of Ubuntu's archive.
void add_debian_packages(PackageFile& file, const std::vector<const Node*>& rows,
                         PackageList& list) {
  for (const Node* row : rows) {
    const std::string_view text = row->str();
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = ascii::trim(text.substr(0, equals));
    const std::size_t colon = name.find(':');
    Package package;
    package.name = name.substr(0, colon);
    package.version = ascii::trim(text.substr(equals + 1));
    if (colon != std::string_view::npos) package.architecture = name.substr(colon + 1);
    package.ecosystem = "Ubuntu";
    package.line = file.line_of(*row);
    if (!package.version.empty()) list.add(std::move(package));
  }
}

/// Three files of a snap: base snaps list their packages in dpkg.yaml, what snapcraft built lists
/// them in manifest.yaml, and snap.yaml says what the snap itself is.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  const Node& top = **root;
  if (top.find("packages") != nullptr || top.find("primed-stage-packages") != nullptr ||
      top.find("snapcraft-version") != nullptr) {
    add_debian_packages(file, items_of(top, "packages"), list);
    add_debian_packages(file, items_of(top, "primed-stage-packages"), list);
    return {};
  }
  const Node* name = top.find("name");
  if (name == nullptr || name->str().empty()) {
    return fail(ErrorCode::kInvalid, "no file of a snap: neither its name nor packages",
                file.path());
  }
  Package& snap = list.add(name->str(), field(top, "version"), file.line_of(*name));
  snap.licenses = texts(top.find("license"));
  const std::vector<std::string> architectures = texts(top.find("architectures"));
  if (architectures.size() == 1) snap.architecture = architectures.front();
  return {};
}

}  // namespace

const PackageReader& snap_yaml() {
  static constexpr PackageReader kReader{
      .kind = "snap-yaml",
      .ecosystem = "snap",
      .files = "**/usr/share/snappy/dpkg.yaml **/snap/manifest.yaml **/meta/snap.yaml",
      .read = read,
      .source = "https://snapcraft.io/docs/snap-format"};
  return kReader;
}

}  // namespace plimsoll::image::packages
