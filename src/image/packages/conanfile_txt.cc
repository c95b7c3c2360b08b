#include "core/ascii.h"
#include "image/conan_reference.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  std::string_view section;
  std::uint32_t number = 0;
  std::uint32_t first_other = 0;
  for (std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++number;
    line = ascii::trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('[') && line.ends_with(']')) {
      section = line.substr(1, line.size() - 2);
      continue;
    }
    if (section.empty() && first_other == 0) first_other = number;
    const bool builds =
        section == "build_requires" || section == "tool_requires" || section == "test_requires";
    if (section != "requires" && !builds) continue;
    const auto reference = parse_conan_reference(line);
    if (reference) list.add(reference->name, reference->version, number).dev = builds;
  }
  if (first_other != 0) return file.fail_at(first_other, "no section '[…]' above it");
  return {};
}

}  // namespace

const PackageReader& conanfile_txt() {
  static constexpr PackageReader kReader{
      .kind = "conanfile-txt",
      .ecosystem = "ConanCenter",
      .presence = Presence::kDeclared,
      .files = "**/conanfile.txt",
      .read = read,
      .source = "https://docs.conan.io/2/reference/conanfile_txt.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
