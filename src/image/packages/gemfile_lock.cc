#include <algorithm>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "PLUGIN SOURCE"
bool is_section(std::string_view line) {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return ascii::is_upper(c) || c == ' '; });
}

/// Sources (GEM, GIT, PATH, PLUGIN SOURCE) have `specs:` and below it, four blanks in, what is
/// locked: "name (1.0.0-platform)". What those depend on stands two blanks deeper.
Result<void> read(PackageFile& file, PackageList& list) {
  constexpr std::string_view kIndent = "    ";
  bool in_specs = false;
  bool any_section = false;
  std::uint32_t line_number = 0;
  for (std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++line_number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!ascii::is_blank(line[0])) {
      in_specs = false;
      any_section = any_section || is_section(line);
      continue;
    }
    if (ascii::trim(line) == "specs:") {
      in_specs = true;
      continue;
    }
    if (!in_specs || !line.starts_with(kIndent) || line.size() <= kIndent.size() ||
        ascii::is_blank(line[kIndent.size()])) {
      continue;
    }
    line = ascii::trim(line);
    const std::size_t open = line.find(" (");
    if (open == std::string_view::npos || !line.ends_with(')')) continue;
    const std::string_view locked = line.substr(open + 2, line.size() - open - 3);
    // No version has '-': RubyGems writes it ".pre.".
    const std::size_t dash = locked.find('-');
    Package& package = list.add(line.substr(0, open), locked.substr(0, dash), line_number);
    if (dash != std::string_view::npos) package.architecture = locked.substr(dash + 1);
  }
  if (!any_section && !ascii::trim(file.bytes()).empty()) {
    return fail(ErrorCode::kInvalid, "no Gemfile.lock: no section in it", file.path());
  }
  return {};
}

}  // namespace

const PackageReader& gemfile_lock() {
  static constexpr PackageReader kReader{
      .kind = "gemfile-lock",
      .ecosystem = "RubyGems",
      .presence = Presence::kLocked,
      .files = "**/Gemfile.lock **/gems.locked",
      .read = read,
      .source = "https://bundler.io/guides/rationale.html#checking-your-code-into-version-control"};
  return kReader;
}

}  // namespace plimsoll::image::packages
