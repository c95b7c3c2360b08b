#include "report/trivy_target.h"

#include <array>
#include <string_view>

#include "core/ascii.h"
#include "core/escape.h"
#include "core/package_url.h"
#include "report/vulnerability_facts.h"

namespace plimsoll::report {
namespace {

struct FileType {
  std::string_view ending;  ///< of the path
  std::string_view type;
};
/// Files that list many packages: each is a target of its own.
constexpr std::array kLists = {
    FileType{"package-lock.json", "npm"},
    FileType{"npm-shrinkwrap.json", "npm"},
    FileType{"yarn.lock", "yarn"},
    FileType{"pnpm-lock.yaml", "pnpm"},
    FileType{"bun.lock", "bun"},
    FileType{"Pipfile.lock", "pipenv"},
    FileType{"poetry.lock", "poetry"},
    FileType{"uv.lock", "uv"},
    FileType{"pylock.toml", "pylock"},
    FileType{"requirements.txt", "pip"},
    FileType{"Gemfile.lock", "bundler"},
    FileType{"Cargo.lock", "cargo"},
    FileType{"Cargo.toml", "cargo"},
    FileType{"go.mod", "gomod"},
    FileType{"go.sum", "gomod"},
    FileType{"pom.xml", "pom"},
    FileType{".lockfile", "gradle"},
    FileType{"composer.lock", "composer"},
    FileType{"installed.json", "composer-vendor"},
    FileType{"packages.lock.json", "nuget"},
    FileType{"packages.config", "nuget"},
    FileType{".deps.json", "dotnet-core"},
    FileType{".Packages.props", "packages-props"},
    FileType{"conan.lock", "conan"},
    FileType{"Podfile.lock", "cocoapods"},
    FileType{"Package.resolved", "swift"},
    FileType{"pubspec.lock", "pub"},
    FileType{"mix.lock", "hex"},
    FileType{"Manifest.toml", "julia"},
    FileType{"environment.yml", "conda-environment"},
    FileType{"environment.yaml", "conda-environment"},
};

struct Kind {
  std::string_view ecosystem;
  std::string_view type;
  std::string_view name;  ///< of the one target for all of them; "": a target for each file
};
/// Packages that are installed, one by one.
constexpr std::array kInstalled = {
    Kind{"npm", "node-pkg", "Node.js"},
    Kind{"PyPI", "python-pkg", "Python"},
    Kind{"RubyGems", "gemspec", "Ruby"},
    Kind{"Maven", "jar", "Java"},
    Kind{"conda", "conda-pkg", "Conda"},
    Kind{"Go", "gobinary", {}},
    Kind{"crates.io", "rustbinary", {}},
    Kind{"NuGet", "dotnet-core", {}},
    Kind{"Packagist", "composer", {}},
    Kind{"Hex", "hex", {}},
    Kind{"Pub", "pub", {}},
    Kind{"CocoaPods", "cocoapods", {}},
    Kind{"SwiftURL", "swift", {}},
    Kind{"ConanCenter", "conan", {}},
    Kind{"Julia", "julia", {}},
};

struct Family {
  std::string_view id;  ///< of os-release
  std::string_view name;
};
constexpr std::array kFamilies = {
    Family{"rhel", "redhat"}, Family{"almalinux", "alma"},      Family{"amzn", "amazon"},
    Family{"ol", "oracle"},   Family{"mariner", "cbl-mariner"}, Family{"sle-micro", "slem"},
};

std::string os_of(const Document& document) {
  return document.image ? document.image->os : std::string();
}

}  // namespace

std::string trivy_family(const Document& document) {
  const std::string os = os_of(document);
  const std::string_view id = std::string_view(os).substr(0, os.find(' '));
  for (const Family& each : kFamilies) {
    if (each.id == id) return std::string(each.name);
  }
  return to_utf8(id);
}

std::string trivy_release(const Document& document) {
  const std::string os = os_of(document);
  const std::size_t blank = std::min(os.find(' '), os.size());
  return to_utf8(ascii::trim(std::string_view(os).substr(blank)));
}

TrivyTarget trivy_os_target(const Document& document) {
  const std::string family = trivy_family(document);
  const std::string release = trivy_release(document);
  TrivyTarget target{.name = document.image ? to_utf8(document.image->reference) : std::string(),
                     .type = family,
                     .is_of_os = true};
  if (!family.empty()) {
    target.name += " (" + family + (release.empty() ? "" : ' ' + release) + ')';
  }
  return target;
}

TrivyTarget trivy_target_of(const Document& document, const Package& package) {
  if (is_of_system(package)) {
    TrivyTarget target = trivy_os_target(document);
    if (!document.image) target.name = to_utf8(package.path);  // of one of several images
    if (target.type.empty()) {  // a bill of materials that does not say what it is of
      if (const auto purl = parse_purl(package.purl)) target.type = to_utf8(purl->space);
    }
    return target;
  }
  for (const FileType& each : kLists) {
    if (package.path.ends_with(each.ending)) {
      return {.name = to_utf8(package.path), .type = std::string(each.type)};
    }
  }
  for (const Kind& each : kInstalled) {
    if (each.ecosystem != package.ecosystem) continue;
    const bool is_one = !each.name.empty();
    return {.name = is_one ? std::string(each.name) : to_utf8(package.path),
            .type = std::string(each.type),
            .is_of_os = false,
            .has_paths = is_one};
  }
  const auto purl = parse_purl(package.purl);
  return {.name = to_utf8(package.path), .type = purl ? to_utf8(purl->type) : std::string()};
}

}  // namespace plimsoll::report
