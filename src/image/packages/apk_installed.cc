#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Records of lines "X:value", parted by empty lines. F names a folder, R a file in the last one.
Result<void> read(PackageFile& file, PackageList& list) {
  Package package;
  std::string folder;
  std::uint32_t line_number = 0;
  const auto finish = [&] {
    if (package.source_name == package.name) package.source_name.clear();
    list.add(std::exchange(package, {}));
    folder.clear();
  };
  for (const std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++line_number;
    if (line.empty()) {
      finish();
      continue;
    }
    if (line.size() < 2 || line[1] != ':') continue;
    const std::string_view value = line.substr(2);
    switch (line[0]) {
      case 'P':
        package.name = value;
        package.line = line_number;
        break;
      case 'V': package.version = value; break;
      case 'A': package.architecture = value; break;
      case 'L': package.licenses = {std::string(value)}; break;
      case 'o': package.source_name = value; break;
      case 'F': folder = '/' + std::string(value); break;
      case 'R': package.files.push_back(folder + '/' + std::string(value)); break;
      default: break;
    }
  }
  finish();
  return {};
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
