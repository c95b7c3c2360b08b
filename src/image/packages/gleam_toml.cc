#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// name = ">= 1.0.0 and < 2.0.0", or {path = …}, {git = …}
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  for (const std::string_view section : {"dependencies", "dev-dependencies", "dev_dependencies"}) {
    for (const Node::Entry& entry : entries_of(**root, section)) {
      const std::string_view range =
          entry.value->is_mapping() ? field(*entry.value, "version") : entry.value->str();
      list.add(entry.key->text, range, file.line_of(*entry.key)).dev = section != "dependencies";
    }
  }
  return {};
}

}  // namespace

const PackageReader& gleam_toml() {
  static constexpr PackageReader kReader{.kind = "gleam-toml",
                                         .ecosystem = "Hex",
                                         .presence = Presence::kDeclared,
                                         .files = "**/gleam.toml",
                                         .read = read,
                                         .source = "https://gleam.run/writing-gleam/gleam-toml/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
