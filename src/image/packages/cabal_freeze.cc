#include <algorithm>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "any.name ==1.0"; one that only sets flags or says "installed" names no version.
void add_constraint(std::string_view text, std::uint32_t number, PackageList& list) {
  const std::size_t equals = text.find("==");
  if (equals == std::string_view::npos) return;
  std::string_view name = ascii::trim(text.substr(0, equals));
  std::string_view version = ascii::trim(text.substr(equals + 2));
  version = version.substr(0, version.find_first_of(" \t|&"));
  // "user:setup.name": of the setup script of one package.
  name = name.substr(name.find(':') + 1);
  for (const std::string_view scope : {"any.", "setup."}) {
    if (name.starts_with(scope)) name.remove_prefix(scope.size());
  }
  const bool is_plain = !name.empty() && !version.empty() &&
                        name.find_first_of(" \t") == std::string_view::npos &&
                        !version.ends_with('*');
  if (is_plain) list.add(name, version, number);
}

/// "index-state: 2024-01-01", at the start of a line.
bool is_field(std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  return name.size() < line.size() && !name.empty() &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return ascii::is_name(c) || c == '-'; });
}

Result<void> read(PackageFile& file, PackageList& list) {
  bool constrains = false;
  bool any_field = false;
  std::uint32_t number = 0;
  for (std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++number;
    if (ascii::trim(line).starts_with("--")) continue;
    const bool continues = !line.empty() && ascii::is_space(line[0]);
    if (!continues) {
      any_field = any_field || is_field(line);
      constexpr std::string_view kField = "constraints:";
      constrains = ascii::iequals(line.substr(0, kField.size()), kField);
      if (constrains) line.remove_prefix(kField.size());
    }
    if (!constrains) continue;
    for (const std::string_view each : ascii::split(line, ',')) add_constraint(each, number, list);
  }
  if (!any_field && !ascii::trim(file.bytes()).empty()) {
    return fail(ErrorCode::kInvalid, "no cabal.project.freeze: no field in it", file.path());
  }
  return {};
}

}  // namespace

const PackageReader& cabal_freeze() {
  static constexpr PackageReader kReader{
      .kind = "cabal-freeze",
      .ecosystem = "Hackage",
      .presence = Presence::kLocked,
      .files = "**/cabal.project.freeze",
      .read = read,
      .source = "https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze"};
  return kReader;
}

}  // namespace plimsoll::image::packages
