#include "core/ascii.h"
#include "core/path.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

struct Field {
  std::string_view value;
  std::uint32_t line = 0;
};

/// `key: "value"` at the start of a line.
Field field_of(std::string_view text, std::string_view key) {
  std::uint32_t number = 0;
  for (const std::string_view line : ascii::split(text, '\n')) {
    ++number;
    if (!line.starts_with(key)) continue;
    std::string_view value = ascii::trim(line.substr(key.size()));
    if (!value.starts_with(':')) continue;
    value = ascii::trim(value.substr(1));
    if (!value.starts_with('"')) continue;
    return {value.substr(1, value.find('"', 1) - 1), number};
  }
  return {};
}

/// Where a switch keeps what it installed: "packages/name.version/opam".
Result<void> read(PackageFile& file, PackageList& list) {
  const std::string_view text = file.bytes();
  if (field_of(text, "opam-version").value.empty()) {
    return fail(ErrorCode::kInvalid, "no opam file: it has no 'opam-version'", file.path());
  }
  const std::string_view own_name = path::name(file.path());
  const std::string_view folder = path::folder(file.path());
  std::string_view place = path::name(folder);
  if (own_name != "opam") place = {};
  const std::size_t dot = place.find('.');
  const Field name = field_of(text, "name");
  const Field version = field_of(text, "version");
  Package package;
  package.name = name.value.empty() ? place.substr(0, dot) : name.value;
  package.version = version.value;
  if (version.value.empty() && dot != std::string_view::npos) {
    package.version = place.substr(dot + 1);
  }
  // "name.opam" of a project.
  constexpr std::string_view kEnding = ".opam";
  if (package.name.empty() && own_name.ends_with(kEnding)) {
    package.name = own_name.substr(0, own_name.size() - kEnding.size());
  }
  package.line = name.line;
  const Field license = field_of(text, "license");
  if (!license.value.empty()) package.licenses = {std::string(license.value)};
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& opam() {
  static constexpr PackageReader kReader{.kind = "opam",
                                         .ecosystem = "opam",
                                         .files = "**/.opam-switch/packages/*/opam",
                                         .read = read,
                                         .source = "https://opam.ocaml.org/doc/Manual.html#opam"};
  return kReader;
}

}  // namespace plimsoll::image::packages
