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
  kColon,    ///< "group:artifact"
  kSubpath,  ///< "Pod/Subspec": what is after the first '/' is the subpath
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
    {"Bioconductor", "bioconductor"},
    {"Bottlerocket", "rpm", "bottlerocket"},
    {"COS", "cos"},
    {"CPAN", "cpan"},
    {"CRAN", "cran"},
    {"CocoaPods", "cocoapods", {}, Spelling::kSubpath},
    {"ConanCenter", "conan"},
    {"Debian", "deb", "debian", Spelling::kLower},
    {"GitHub", "github", {}, Spelling::kPathLower},
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

/// The row of its type and namespace, else the one that has none, else the first of its type.
const Type* find_type_of(const PackageUrl& url) {
  const Type* found = nullptr;
  for (const Type& each : kTypes) {
    if (each.type != url.type) continue;
    if (each.space == url.space) return &each;
    if (found == nullptr || (each.space.empty() && !found->space.empty())) found = &each;
  }
  return found;
}

int hex_value(char c) {
  if (ascii::is_digit(c)) return c - '0';
  return ascii::is_hex(c) ? ascii::to_lower(c) - 'a' + 10 : -1;
}

/// "%40scope" is "@scope"; what is no code stays.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && text.size() - i > 2 && hex_value(text[i + 1]) >= 0 &&
                         hex_value(text[i + 2]) >= 0;
    if (is_code) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
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
  if (!package.purl.empty()) return package.purl;
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
  std::string subpath;
  if (const std::size_t slash = name.find('/');
      type->spelling == Spelling::kSubpath && slash != std::string::npos) {
    subpath = name.substr(slash + 1);
    name.erase(slash);
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
  if (!subpath.empty()) {
    purl += '#';
    append_coded(purl, subpath, true);
  }
  return purl;
}

std::string_view PackageUrl::qualifier(std::string_view key) const {
  for (const auto& [each, value] : qualifiers) {
    if (each == key) return value;
  }
  return {};
}

// Source: https://github.com/package-url/purl-spec, "How to parse a purl string".
std::optional<PackageUrl> parse_purl(std::string_view text) {
  constexpr std::string_view kScheme = "pkg:";
  if (!ascii::iequals(text.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  while (text.starts_with('/')) text.remove_prefix(1);
  PackageUrl url;
  if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos) {
    url.subpath = decoded(text.substr(hash + 1));
    text = text.substr(0, hash);
  }
  if (const std::size_t question = text.rfind('?'); question != std::string_view::npos) {
    for (const std::string_view pair : ascii::split(text.substr(question + 1), '&')) {
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      url.qualifiers.emplace_back(ascii::lower(pair.substr(0, equals)),
                                  decoded(pair.substr(equals + 1)));
    }
    text = text.substr(0, question);
  }
  const std::size_t type_end = text.find('/');
  if (type_end == std::string_view::npos || type_end == 0) return std::nullopt;
  url.type = ascii::lower(text.substr(0, type_end));
  text.remove_prefix(type_end + 1);
  // Not the '@' of a scope that its writer left uncoded.
  if (const std::size_t at = text.rfind('@');
      at != std::string_view::npos && at > 0 && text[at - 1] != '/') {
    url.version = decoded(text.substr(at + 1));
    text = text.substr(0, at);
  }
  while (text.ends_with('/')) text.remove_suffix(1);
  if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
    url.space = decoded(text.substr(0, slash));
    text.remove_prefix(slash + 1);
  }
  url.name = decoded(text);
  if (url.name.empty()) return std::nullopt;
  return url;
}

Package package_of(const PackageUrl& url) {
  const Type* type = find_type_of(url);
  Package package;
  package.ecosystem = type == nullptr ? url.type : std::string(type->ecosystem);
  package.name = url.name;
  package.version = url.version;
  const Spelling spelling = type == nullptr ? Spelling::kAsIs : type->spelling;
  if (!url.space.empty()) {
    if (spelling == Spelling::kColon) package.name = url.space + ':' + url.name;
    if (spelling == Spelling::kPath || spelling == Spelling::kPathLower) {
      package.name = url.space + '/' + url.name;
    }
  }
  if (spelling == Spelling::kSubpath && !url.subpath.empty()) package.name += '/' + url.subpath;
  const std::string_view epoch = url.qualifier("epoch");
  if (!epoch.empty() && epoch != "0" && !ascii::contains(package.version, ":")) {
    package.version = std::string(epoch) + ':' + package.version;
  }
  if (url.type == "deb" || url.type == "apk" || url.type == "rpm") {
    package.architecture = url.qualifier("arch");
  }
  if (url.type == "deb" || url.type == "apk") {
    const std::string_view source = url.qualifier("upstream");
    package.source_name = source.substr(0, source.find('@'));
    if (ascii::contains(source, "@")) package.source_version = source.substr(source.find('@') + 1);
  }
  return package;
}

}  // namespace plimsoll::image
