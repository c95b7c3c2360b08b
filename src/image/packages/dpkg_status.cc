#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "image/lines.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Of one field. What is longer says nothing that is asked here.
constexpr std::size_t kMostFieldBytes = 8U << 20U;

/// Distroless images have one file for each package, and none of them a Status.
bool is_of_distroless(std::string_view path) {
  return path::name(path::folder(path)) == "status.d";
}

/// OpenWrt and Yocto write dpkg's format, but their packages are not Debian's.
std::string_view ecosystem_of(std::string_view path) {
  return path::name(path::folder(path)) == "opkg" ? "opkg" : "";
}

/// Of "want flag state". A package whose triggers have yet to run is there, and so is one whose
/// scripts failed once it was unpacked ("apt-get install … || true").
bool is_installed(std::string_view status) {
  const std::size_t at = status.find_last_of(" \t");
  const std::string_view state = at == std::string_view::npos ? status : status.substr(at + 1);
  constexpr std::string_view kStates[] = {"installed", "triggers-awaited", "triggers-pending",
                                          "half-configured"};
  return std::find(std::begin(kStates), std::end(kStates), state) != std::end(kStates);
}

struct Stanza {
  std::string_view name, version, architecture, source, status;
  std::uint32_t line = 0;
};

void set(Stanza& stanza, std::string_view key, std::string_view value, std::uint32_t line) {
  if (value.size() > kMostFieldBytes) return;
  if (ascii::iequals(key, "Package")) {
    stanza.name = value;
    stanza.line = line;
  }
  if (ascii::iequals(key, "Version")) stanza.version = value;
  if (ascii::iequals(key, "Architecture")) stanza.architecture = value;
  if (ascii::iequals(key, "Source")) stanza.source = value;
  if (ascii::iequals(key, "Status")) stanza.status = value;
}

/// "gcc-12 (12.2.0-14)". The version is written where it is not the package's.
void set_source(Package& package, std::string_view source) {
  const std::size_t open = source.find('(');
  package.source_name = ascii::trim(source.substr(0, open));
  if (open != std::string_view::npos) {
    const std::string_view rest = source.substr(open + 1);
    package.source_version = ascii::trim(rest.substr(0, rest.find(')')));
  }
  if (package.source_version == package.version) package.source_version.clear();
  if (package.source_name == package.name && package.source_version.empty()) {
    package.source_name.clear();
  }
}

void add(const Stanza& stanza, std::string_view path, PackageList& list) {
  if (stanza.name.empty() || stanza.version.empty()) return;
  const bool counts = stanza.status.empty() ? is_of_distroless(path) : is_installed(stanza.status);
  if (!counts) return;
  Package package;
  package.name = stanza.name;
  package.version = stanza.version;
  package.ecosystem = ecosystem_of(path);
  package.architecture = stanza.architecture;
  package.line = stanza.line;
  set_source(package, stanza.source);
  list.add(std::move(package));
}

/// Stanzas of "Field: value", parted by empty lines. A line that begins with a blank goes on with
/// the field before; no field that is asked for has one.
Result<void> read(PackageFile& file, PackageList& list) {
  if (file.path().ends_with(".md5sums")) return {};
  std::string_view rest = file.bytes();
  Stanza stanza;
  std::uint32_t line_number = 0;
  bool any = false;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    if (line.empty()) {
      add(std::exchange(stanza, {}), file.path(), list);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (ascii::is_blank(line[0]) || colon == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, colon);
    any = any || ascii::iequals(key, "Package");
    set(stanza, key, ascii::trim(line.substr(colon + 1)), line_number);
  }
  add(stanza, file.path(), list);
  if (any || ascii::trim(file.bytes()).empty()) return {};
  return fail(ErrorCode::kInvalid, "no dpkg status: no field 'Package' in it", file.path());
}

}  // namespace

const PackageReader& dpkg_status() {
  static constexpr PackageReader kReader{
      .kind = "dpkg-status",
      .ecosystem = "Debian",
      .files =
          "var/lib/dpkg/status var/lib/dpkg/status.d/* usr/lib/opkg/status var/lib/opkg/status",
      .read = read,
      .source = "https://www.debian.org/doc/debian-policy/ch-controlfields.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
