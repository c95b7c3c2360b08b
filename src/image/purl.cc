#include "image/purl.h"

#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "image/rpm_header.h"

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
    {"WordPress", "wordpress"},
    {"conda", "conda"},
    {"crates.io", "cargo"},
    {"flatpak", "flatpak"},
    {"generic", "generic"},
    {"homebrew", "brew"},
    {"npm", "npm", {}, Spelling::kPath},
    {"opam", "opam"},
    {"opkg", "opkg"},
    {"snap", "snap"},
    {"swipl", "swiplpack"},
    // Distributions after their families: a namespace that none has is the first of its type.
    {"AlmaLinux", "rpm", "almalinux"},
    {"Alpaquita", "apk", "alpaquita", Spelling::kLower},
    {"Amazon Linux", "rpm", "amzn"},
    {"Amazon Linux", "rpm", "amazon"},
    {"Azure Linux", "rpm", "azurelinux"},
    {"Azure Linux", "rpm", "mariner"},
    {"BellSoft Hardened Containers", "apk", "bellsoft-hardened-containers", Spelling::kLower},
    {"Bottlerocket", "rpm", "bottlerocket"},
    {"CentOS", "rpm", "centos"},
    {"Chainguard", "apk", "chainguard", Spelling::kLower},
    {"Echo", "deb", "echo", Spelling::kLower},
    {"Fedora", "rpm", "fedora"},
    {"Mageia", "rpm", "mageia"},
    {"MinimOS", "apk", "minimos", Spelling::kLower},
    {"Oracle Linux", "rpm", "ol"},
    {"Oracle Linux", "rpm", "oracle"},
    {"Oracle Linux", "rpm", "oraclelinux"},
    {"Photon OS", "rpm", "photon"},
    {"Red Hat", "rpm", "redhat"},
    {"Red Hat", "rpm", "rhel"},
    {"Rocky Linux", "rpm", "rocky"},
    {"SUSE", "rpm", "suse"},
    {"SUSE", "rpm", "sles"},
    {"openEuler", "rpm", "openeuler"},
    {"openSUSE", "rpm", "opensuse"},
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

bool is_of_distribution(std::string_view type) {
  constexpr std::string_view kTypesOfThem[] = {"alpm", "apk", "deb", "portage", "rpm"};
  return std::find(std::begin(kTypesOfThem), std::end(kTypesOfThem), type) !=
         std::end(kTypesOfThem);
}

/// What it was built from, as the tools that write SBOMs say it: "glibc", "gcc-12@12.2.0-14",
/// "glibc-2.34-60.el9.src.rpm"; "" where that has the package's own name and version.
std::string upstream_of(const Package& package, std::string_view type) {
  if (package.source_name.empty() && package.source_version.empty()) return {};
  const std::string& name = package.source_name.empty() ? package.name : package.source_name;
  if (type != "rpm") {
    return package.source_version.empty() ? name : name + '@' + package.source_version;
  }
  std::string_view version =
      package.source_version.empty() ? package.version : package.source_version;
  version.remove_prefix(version.find(':') + 1);
  return name + '-' + std::string(version) + ".src.rpm";
}

/// "?arch=amd64&distro=debian-12&epoch=1", sorted by key; "" when there are none.
std::string qualifiers_of(const Package& package, const Type& type, std::string_view epoch,
                          const OsRelease& release) {
  std::string out;
  const auto add = [&out](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out += out.empty() ? '?' : '&';
    out.append(key).append("=");
    out += percent_coded(value);
  };
  const bool of_distribution = is_of_distribution(type.type);
  add("arch", package.architecture);
  if (of_distribution && !release.id.empty()) {
    add("distro", release.version_id.empty() ? release.id : release.id + '-' + release.version_id);
  }
  add("epoch", epoch);
  if (of_distribution) add("upstream", upstream_of(package, type.type));
  return out;
}

}  // namespace

std::string purl_of(const Package& package, const OsRelease& release) {
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
    purl += percent_coded(space, true);
    purl += '/';
  }
  purl += percent_coded(name);
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
    purl += percent_coded(version);
  }
  purl += qualifiers_of(package, *type, epoch, release);
  if (!subpath.empty()) {
    purl += '#';
    purl += percent_coded(subpath, true);
  }
  return purl;
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
  if (url.type == "deb" || url.type == "apk" || url.type == "alpm") {
    const std::string_view source = url.qualifier("upstream");
    package.source_name = source.substr(0, source.find('@'));
    if (ascii::contains(source, "@")) package.source_version = source.substr(source.find('@') + 1);
  }
  if (const std::string_view archive = url.qualifier("upstream");
      url.type == "rpm" && !archive.empty()) {
    set_rpm_source(package, archive, package.version.substr(0, package.version.find(':') + 1));
  }
  return package;
}

}  // namespace plimsoll::image
