#include <utility>

#include "core/ascii.h"
#include "image/lines.h"
#include "image/package_reader.h"
#include "image/path_budget.h"

namespace plimsoll::image::packages {
namespace {

void set(Package& package, char key, std::string_view value) {
  switch (key) {
    case 'P': package.name = value; break;
    case 'V': package.version = value; break;
    case 'A': package.architecture = value; break;
    case 'L': package.licenses = {std::string(value)}; break;
    case 'o': package.source_name = value; break;
    default: break;
  }
}

/// Records of lines "X:value", parted by empty lines. F names a folder, R a file in the last one.
Result<void> read(PackageFile& file, PackageList& list) {
  Package package;
  std::string_view folder;
  std::string_view rest = file.bytes();
  std::uint32_t line_number = 0;
  bool any = false;
  PathBudget budget(rest.size());
  const auto finish = [&] {
    if (package.source_name == package.name) package.source_name.clear();
    if (!package.version.empty()) list.add(std::move(package));
    package = {};
    folder = {};
  };
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    if (line.empty()) finish();
    if (line.size() < 2 || line[1] != ':') continue;
    const std::string_view value = line.substr(2);
    set(package, line[0], value);
    if (line[0] == 'P') {
      package.line = line_number;
      any = true;
    } else if (line[0] == 'F') {
      folder = value;
    } else if (line[0] == 'R' && budget.takes(folder.size() + value.size() + 2)) {
      std::string path = "/";
      if (!folder.empty()) path.append(folder).append("/");
      package.files.push_back(path.append(value));
    }
  }
  finish();
  if (any || ascii::trim(file.bytes()).empty()) return {};
  return fail(ErrorCode::kInvalid, "no apk database: no line 'P:' in it", file.path());
}

}  // namespace

const PackageReader& apk_installed() {
  static constexpr PackageReader kReader{.kind = "apk-installed",
                                         .ecosystem = "Alpine",
                                         .files = "lib/apk/db/installed usr/lib/apk/db/installed",
                                         .read = read,
                                         .source = "https://wiki.alpinelinux.org/wiki/Apk_spec"};
  return kReader;
}

}  // namespace plimsoll::image::packages
