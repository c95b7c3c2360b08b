#include <algorithm>
#include <iterator>
#include <vector>

#include "core/ascii.h"
#include "image/node_field.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::string_view kTestFolders[] = {"__fixtures__", "__tests__", "fixture", "fixtures",
                                             "spec",         "specs",     "test",    "tests"};

/// "node_modules/a/test/app/node_modules/b": b is what a's tests read and was never installed.
/// Elsewhere inside of a package are copies that it does use, as in "pnpm/dist/node_modules".
bool is_of_tests(std::string_view path) {
  const std::vector<std::string_view> folders = ascii::split(path, '/');
  bool is_inside = false;
  bool is_test = false;
  for (std::size_t i = 0; i + 2 < folders.size(); ++i) {
    if (folders[i] == "node_modules") {
      if (is_test) return true;
      // No package's name starts with a '.': that is a store, which has folders named for packages.
      is_inside = !folders[i + 1].starts_with('.');
      i += folders[i + 1].starts_with('@') ? 2U : 1U;
    } else if (is_inside) {
      is_test = is_test || std::find(std::begin(kTestFolders), std::end(kTestFolders),
                                     folders[i]) != std::end(kTestFolders);
    }
  }
  return false;
}

Result<void> read(PackageFile& file, PackageList& list) {
  if (is_of_tests(file.path())) return {};
  const auto root = file.json();
  if (!root) return tl::unexpected(root.error());
  if (!(*root)->is_mapping()) {
    return fail(ErrorCode::kInvalid, "no package.json: no object", file.path());
  }
  const Node* name = (*root)->find("name");
  if (name == nullptr) return {};
  list.add(name->str(), field(**root, "version"), file.line_of(*name)).licenses =
      npm::licenses(**root);
  return {};
}

}  // namespace

const PackageReader& npm_package_json() {
  static constexpr PackageReader kReader{
      .kind = "npm-package-json",
      .ecosystem = "npm",
      // The last is how Yarn lays out what its linker "pnpm" installs.
      .files = "**/node_modules/*/package.json **/node_modules/@*/*/package.json "
               "**/node_modules/.store/*/package/package.json",
      .read = read,
      .source = "https://docs.npmjs.com/cli/configuring-npm/package-json"};
  return kReader;
}

}  // namespace plimsoll::image::packages
