#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Where what begins at `at` ends, if that is a comment or a string of PHP; else `at`.
std::size_t skip_comment_or_string(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at, 2);
  std::size_t end = at;
  if (here == "//" || here.starts_with('#')) {
    end = text.find('\n', at);
  } else if (here == "/*") {
    end = text.find("*/", at + 2);
  } else if (here.starts_with('\'') || here.starts_with('"')) {
    for (end = at + 1; end < text.size() && text[end] != here[0]; ++end) {
      if (text[end] == '\\') ++end;
    }
  } else {
    return at;
  }
  return end >= text.size() ? text.size() : end + (here == "/*" ? 2 : 1);
}

/// The string that `= '…'` assigns.
std::string_view assigned(std::string_view rest) {
  rest = ascii::trim(rest.substr(0, 256));
  if (!rest.starts_with('=')) return {};
  rest = ascii::trim(rest.substr(1));
  if (rest.empty() || (rest[0] != '\'' && rest[0] != '"')) return {};
  const std::size_t end = rest.find(rest[0], 1);
  return end == std::string_view::npos ? std::string_view{} : rest.substr(1, end - 1);
}

Result<void> read(PackageFile& file, PackageList& list) {
  constexpr std::string_view kVariable = "$wp_version";
  const std::string_view text = file.bytes();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t past = skip_comment_or_string(text, at);
    if (past != at) {
      at = past;
      continue;
    }
    if (text.substr(at).starts_with(kVariable)) {
      const std::string_view version = assigned(text.substr(at + kVariable.size()));
      if (!version.empty()) {
        list.add("wordpress", version, file.line_of(static_cast<std::uint32_t>(at)));
        return {};
      }
    }
    ++at;
  }
  return fail(ErrorCode::kInvalid, "no version of WordPress: nothing sets $wp_version",
              file.path());
}

}  // namespace

const PackageReader& wordpress_core() {
  static constexpr PackageReader kReader{
      .kind = "wordpress-core",
      .ecosystem = "WordPress",
      .files = "**/wp-includes/version.php",
      .read = read,
      .source = "https://developer.wordpress.org/reference/functions/wp_get_wp_version/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
