#include "image/lines.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::size_t kMostLicenses = 1'000;

/// "%KEY%", then a value a line, then an empty line.
bool is_key(std::string_view line) {
  return line.size() > 2 && line.starts_with('%') && line.ends_with('%');
}

/// The files of a package stand in `files` beside this one.
Result<void> read(PackageFile& file, PackageList& list) {
  Package package;
  std::string_view rest = file.bytes();
  std::string_view key;
  std::uint32_t line_number = 0;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    if (is_key(line)) {
      key = line;
    } else if (line.empty()) {
      key = {};
    } else if (key == "%NAME%") {
      package.name = line;
      package.line = line_number;
    } else if (key == "%VERSION%") {
      package.version = line;
    } else if (key == "%ARCH%") {
      package.architecture = line;
    } else if (key == "%BASE%") {
      package.source_name = line;
    } else if (key == "%LICENSE%" && package.licenses.size() < kMostLicenses) {
      package.licenses.emplace_back(line);
    }
  }
  if (package.name.empty() || package.version.empty()) {
    return fail(ErrorCode::kInvalid, "no description of a package: no %NAME% or no %VERSION%",
                file.path());
  }
  if (package.source_name == package.name) package.source_name.clear();
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& pacman_desc() {
  static constexpr PackageReader kReader{
      .kind = "pacman-desc",
      .ecosystem = "Arch",
      .files = "var/lib/pacman/local/*/desc usr/lib/pacman/local/*/desc",
      .read = read,
      .source = "https://gitlab.archlinux.org/pacman/pacman/-/blob/master/lib/libalpm/be_local.c"};
  return kReader;
}

}  // namespace plimsoll::image::packages
