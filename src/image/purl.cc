#include "image/purl.h"

#include <algorithm>
#include <string_view>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

/// How a type spells the name.
enum class Spelling : std::uint8_t {
  kAsIs,
  kLower,      ///< case means nothing
  kPython,     ///< lower case, '_' is '-'
  kPathLower,  ///< "github.com/Owner/Name": what is before the last '/' is the namespace
  kPath,
  kColon,  ///< "group:artifact"
};

struct Type {
  std::string_view ecosystem;
  std::string_view type;
  std::string_view space = {};  ///< namespace of all of them: "debian"
  Spelling spelling = Spelling::kAsIs;
};
/// Those that purl-spec does not know yet are spelt as the tools that write SBOMs spell them.
constexpr Type kTypes[] = {
    {"Alpine", "apk", "alpine", Spelling::kLower},
    {"Arch", "alpm", "arch", Spelling::kLower},
    {"Bottlerocket", "rpm", "bottlerocket"},
    {"COS", "cos"},
    {"CPAN", "cpan"},
    {"CRAN", "cran"},
    {"ConanCenter", "conan"},
    {"Debian", "deb", "debian", Spelling::kLower},
    {"Gentoo", "portage", {}, Spelling::kPath},
    {"GitHub Actions", "github", {}, Spelling::kPathLower},
    {"Go", "golang", {}, Spelling::kPath},
    {"Hackage", "hackage"},
    {"Hex", "hex", {}, Spelling::kLower},
    {"Julia", "julia"},
    {"Maven", "maven", {}, Spelling::kColon},
    {"NuGet", "nuget"},
    {"OCI", "docker", {}, Spelling::kPath},
    {"Packagist", "composer", {}, Spelling::kPathLower},
    {"Pub", "pub", {}, Spelling::kLower},
    {"PyPI", "pypi", {}, Spelling::kPython},
    {"RPM", "rpm"},
    {"RubyGems", "gem"},
    {"SwiftURL", "swift", {}, Spelling::kPath},
    {"Ubuntu", "deb", "ubuntu", Spelling::kLower},
    {"Wolfi", "apk", "wolfi", Spelling::kLower},
    {"conda", "conda"},
    {"crates.io", "cargo"},
    {"flatpak", "flatpak"},
    {"homebrew", "brew"},
    {"npm", "npm", {}, Spelling::kPath},
    {"opam", "opam"},
    {"opkg", "opkg"},
    {"snap", "snap"},
    {"swipl", "swiplpack"},
};

const Type* find_type(std::string_view ecosystem) {
  const auto* const found =
      std::find_if(std::begin(kTypes), std::end(kTypes),
                   [ecosystem](const Type& each) { return each.ecosystem == ecosystem; });
  return found == std::end(kTypes) ? nullptr : found;
}

/// A ':' need not be coded, '/' stands between segments.
void append_coded(std::string& out, std::string_view text, bool keep_slash = false) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    if (ascii::is_alnum(c) || std::string_view(".-_~:").find(c) != std::string_view::npos ||
        (keep_slash && c == '/')) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
}

}  // namespace

std::string purl_of(const Package& package) {
  const Type* type = find_type(package.ecosystem);
  if (type == nullptr || package.name.empty()) return {};
  std::string name = package.name;
  std::string space(type->space);
  const bool lower = type->spelling == Spelling::kLower || type->spelling == Spelling::kPython ||
                     type->spelling == Spelling::kPathLower;
  if (lower) name = ascii::lower(name);
  if (type->spelling == Spelling::kPython) std::replace(name.begin(), name.end(), '_', '-');
  const bool is_path = type->spelling == Spelling::kPath || type->spelling == Spelling::kPathLower;
  const std::size_t cut = type->spelling == Spelling::kColon ? name.find(':')
                          : is_path                          ? name.rfind('/')
                                                             : std::string::npos;
  if (cut != std::string::npos) {
    space = name.substr(0, cut);
    name.erase(0, cut + 1);
  }
  std::string purl = "pkg:" + std::string(type->type) + '/';
  if (!space.empty()) {
    append_coded(purl, space, true);
    purl += '/';
  }
  append_coded(purl, name);
  // Only RPM's type keeps the epoch apart from the version.
  std::string_view version = package.version;
  std::string_view epoch;
  if (const std::size_t colon = version.find(':');
      type->type == "rpm" && colon != std::string_view::npos) {
    epoch = version.substr(0, colon);
    version.remove_prefix(colon + 1);
  }
  if (!version.empty()) {
    purl += '@';
    append_coded(purl, version);
  }
  if (!package.architecture.empty()) {
    purl += "?arch=";
    append_coded(purl, package.architecture);
  }
  if (!epoch.empty()) {
    purl += package.architecture.empty() ? "?epoch=" : "&epoch=";
    append_coded(purl, epoch);
  }
  return purl;
}

}  // namespace plimsoll::image
