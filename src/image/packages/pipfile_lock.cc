#include "core/ascii.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Sections are `default`, `develop` and further categories by name; `version` is "==1.0".
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "Pipfile.lock", {"_meta", "default", "develop"});
  if (!root) return tl::unexpected(root.error());
  for (const Node::Entry& section : (*root)->entries) {
    if (section.key->text == "_meta") continue;
    if (!section.value->is_mapping()) {
      return fail(ErrorCode::kInvalid, '\'' + std::string(section.key->text) + "' is no object",
                  file.path());
    }
    for (const auto& [key, value, merged, duplicate] : section.value->entries) {
      std::string_view version = field(*value, "version");
      while (version.starts_with('=')) version.remove_prefix(1);
      list.add(key->text, ascii::trim(version), file.line_of(*key)).dev =
          section.key->text == "develop";
    }
  }
  return {};
}

}  // namespace

const PackageReader& pipfile_lock() {
  static constexpr PackageReader kReader{.kind = "pipfile-lock",
                                         .ecosystem = "PyPI",
                                         .presence = Presence::kLocked,
                                         .files = "**/Pipfile.lock",
                                         .read = read,
                                         .source = "https://pipenv.pypa.io/en/latest/pipfile.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
