#include "core/ascii.h"
#include "core/path.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// It is a folder's name too.
constexpr std::size_t kLongestName = 255;

/// Takes "_alpha", "_beta3", "_pre", "_rc1", "_p20230424" off the front.
bool take_suffix(std::string_view& text) {
  for (const std::string_view word : {"_alpha", "_beta", "_pre", "_rc", "_p"}) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    while (!text.empty() && ascii::is_digit(text[0])) text.remove_prefix(1);
    return true;
  }
  return false;
}

/// digits { "." digits } [ letter ] { suffix }: PMS 3.2 without the revision.
bool is_version(std::string_view text) {
  do {
    if (text.empty() || !ascii::is_digit(text[0])) return false;
    while (!text.empty() && ascii::is_digit(text[0])) text.remove_prefix(1);
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  } while (true);
  if (!text.empty() && ascii::is_lower(text[0])) text.remove_prefix(1);
  while (take_suffix(text)) {
  }
  return text.empty();
}

bool is_revision(std::string_view text) {
  return text.starts_with('r') && ascii::is_number(text.substr(1));
}

/// Where the '-' between name and version of "font-adobe-100dpi-1.0.4-r1" stands.
std::size_t find_version(std::string_view package) {
  std::size_t cut = package.rfind('-');
  if (cut == std::string_view::npos) return cut;
  if (is_revision(package.substr(cut + 1))) {
    package = package.substr(0, cut);
    cut = package.rfind('-');
    if (cut == std::string_view::npos) return cut;
  }
  return is_version(package.substr(cut + 1)) ? cut : std::string_view::npos;
}

/// Of "var/db/pkg/dev-libs/openssl-3.0.13/PF": names are only unique in their category.
std::string_view category_of(std::string_view path, std::string_view package) {
  const std::string_view folder = path::folder(path);
  if (path::name(folder) != package) return {};
  const std::string_view above = path::folder(folder);
  return above == "." || above == "/" ? std::string_view{} : path::name(above);
}

Result<void> read(PackageFile& file, PackageList& list) {
  const std::string_view package = ascii::trim(file.bytes());
  const bool is_name = package.size() <= kLongestName && !ascii::contains(package, "\n");
  const std::size_t cut = is_name ? find_version(package) : std::string_view::npos;
  if (cut == std::string_view::npos || cut == 0) {
    return fail(ErrorCode::kInvalid, "no name and version of a package", file.path());
  }
  const std::string_view category = category_of(file.path(), package);
  std::string name(category);
  if (!name.empty()) name += '/';
  name += package.substr(0, cut);
  list.add(name, package.substr(cut + 1), 1);
  return {};
}

}  // namespace

const PackageReader& portage() {
  static constexpr PackageReader kReader{.kind = "portage",
                                         .ecosystem = "Gentoo",
                                         .files = "var/db/pkg/*/*/PF",
                                         .read = read,
                                         .source = "https://projects.gentoo.org/pms/8/pms.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
