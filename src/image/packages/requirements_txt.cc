#include <algorithm>

#include "core/ascii.h"
#include "core/package_url.h"
#include "image/package_reader.h"
#include "image/requirement.h"

namespace plimsoll::image::packages {
namespace {

/// PowerShell's `pip freeze > requirements.txt` writes UTF-16. Names and versions are ASCII.
std::string as_ascii_superset(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  const bool little = bytes.starts_with("\xFF\xFE");
  if (!little && !bytes.starts_with("\xFE\xFF")) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
    const char low = bytes[little ? i : i + 1];
    const char high = bytes[little ? i + 1 : i];
    text += high == 0 ? low : '?';
  }
  return text;
}

/// pip wants a blank before '#'. An address may hold one without.
std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    const bool in_address = ascii::contains(line.substr(0, at), "://");
    if (at == 0 || ascii::is_blank(line[at - 1])) return line.substr(0, at);
    if (!in_address) return line.substr(0, at);
  }
  return line;
}

bool is_archive(std::string_view path) {
  constexpr std::string_view kEndings[] = {".whl", ".zip", ".gz", ".bz2", ".xz", ".tgz", ".tar"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

/// The name and version that a wheel's file name begins with: "a_b-1.0-py3-none-any.whl". Another
/// archive says them only inside.
void read_archive(std::string_view path, std::uint32_t line_number, PackageList& list) {
  const std::string name(path.substr(path.rfind('/') + 1));
  const std::vector<std::string_view> parts = ascii::split(name, '-');
  const bool is_wheel = name.ends_with(".whl") && (parts.size() == 5 || parts.size() == 6);
  if (is_wheel) list.add(parts[0], percent_decoded(parts[1]), line_number);
}

/// Who freezes a project writes pins. A range says nothing of what will be there, and its bound
/// would be matched with problems that were solved long ago.
void read_line(std::string_view line, std::uint32_t line_number, PackageList& list) {
  const std::string_view path = line.substr(0, line.find_first_of(" \t;#"));
  const bool says_name = ascii::contains(path, "@");  // name@address
  if (is_archive(path) && !says_name) return read_archive(path, line_number, list);
  const auto requirement = parse_requirement(line);
  if (requirement) list.add(requirement->name, requirement->versions.pinned, line_number);
}

/// A '\' joins lines, but a comment line ends what is joined.
Result<void> read(PackageFile& file, PackageList& list) {
  const std::string text = as_ascii_superset(file.bytes());
  std::string joined;
  std::uint32_t started = 0;
  std::uint32_t line_number = 0;
  for (const std::string_view each : ascii::split(text, '\n')) {
    ++line_number;
    std::string_view line = ascii::trim(each);
    if (joined.empty()) started = line_number;
    const bool goes_on = line.ends_with('\\') && !line.starts_with('#');
    if (goes_on) {
      line.remove_suffix(1);
      joined += line;
      joined += ' ';
      continue;
    }
    joined += line.starts_with('#') ? std::string_view{} : line;
    read_line(without_comment(joined), started, list);
    joined.clear();
  }
  read_line(without_comment(joined), started, list);
  // UTF-16 without a mark, or no text at all. pip does not take it either.
  const std::size_t nul = text.find('\0');
  if (nul == std::string::npos) return {};
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(nul);
  const auto line = 1 + std::count(text.begin(), end, '\n');
  return fail(ErrorCode::kInvalid, "no text: a NUL byte in line " + std::to_string(line),
              file.path());
}

}  // namespace

const PackageReader& requirements_txt() {
  static constexpr PackageReader kReader{
      .kind = "requirements-txt",
      .ecosystem = "PyPI",
      .presence = Presence::kDeclared,
      .files = "**/*requirements*.txt",
      .read = read,
      .source = "https://pip.pypa.io/en/stable/reference/requirements-file-format/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
