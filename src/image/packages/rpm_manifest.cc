#include "core/ascii.h"
#include "image/lines.h"
#include "image/package_reader.h"
#include "image/rpm_header.h"

namespace plimsoll::image::packages {
namespace {

/// NAME, VERSION-RELEASE, INSTALLTIME, BUILDTIME, VENDOR, EPOCH, SIZE, ARCH, EPOCHNUM, SOURCERPM.
constexpr std::size_t kFields = 10;

/// A package a line, with tabs between: what distroless images of Azure Linux keep in place of
/// RPM's database.
Result<void> read(PackageFile& file, PackageList& list) {
  std::string_view rest = file.bytes();
  std::uint32_t line_number = 0;
  std::size_t others = 0;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    const std::vector<std::string_view> fields = ascii::split(line, '\t');
    if (fields.size() != kFields) {
      if (!ascii::trim(line).empty()) ++others;
      continue;
    }
    const bool has_epoch = ascii::is_number(fields[8]) && fields[8] != "0";
    const std::string epoch = has_epoch ? std::string(fields[8]) + ':' : std::string{};
    Package package;
    package.name = fields[0];
    package.version = epoch + std::string(fields[1]);
    package.architecture = fields[7];
    package.line = line_number;
    set_rpm_source(package, fields[9], epoch);
    list.add(std::move(package));
  }
  if (others == 0) return {};
  return fail(ErrorCode::kInvalid, std::to_string(others) + " lines that list no package",
              file.path());
}

}  // namespace

const PackageReader& rpm_manifest() {
  static constexpr PackageReader kReader{
      .kind = "rpm-manifest",
      .ecosystem = "RPM",
      .files = "var/lib/rpmmanifest/container-manifest-2",
      .read = read,
      .source = "https://rpm-software-management.github.io/rpm/manual/queryformat.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
