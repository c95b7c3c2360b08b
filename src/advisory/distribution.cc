#include "advisory/distribution.h"

#include "advisory/package_key.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

/// How many parts of a version name a release: "3.19.1" of Alpine is 3.19, "9.4" of Rocky is 9.
enum class Precision : std::uint8_t { kNone, kMajor, kMinor, kAll };

struct Known {
  std::string_view id;  ///< of os-release
  std::string_view
      family;  ///< as advisories are filed under it, with what stands before the version
  Precision precision;
};

constexpr Known kKnown[] = {
    {"debian", "Debian:", Precision::kMajor},
    {"raspbian", "Debian:", Precision::kMajor},
    {"ubuntu", "Ubuntu:", Precision::kMinor},
    {"alpine", "Alpine:v", Precision::kMinor},
    {"wolfi", "Wolfi", Precision::kNone},
    {"chainguard", "Chainguard", Precision::kNone},
    {"minimos", "MinimOS", Precision::kNone},
    {"echo", "Echo", Precision::kNone},
    {"almalinux", "AlmaLinux:", Precision::kMajor},
    {"rocky", "Rocky Linux:", Precision::kMajor},
    {"rhel", "Red Hat:enterprise_linux:", Precision::kMajor},
    {"redhat", "Red Hat:enterprise_linux:", Precision::kMajor},
    {"centos", "Red Hat:enterprise_linux:", Precision::kMajor},
    {"ol", "Oracle Linux:", Precision::kMajor},
    {"amzn", "Amazon Linux:", Precision::kAll},
    {"fedora", "Fedora:", Precision::kMajor},
    {"sles", "SUSE:Linux Enterprise Server ", Precision::kAll},
    {"opensuse-leap", "openSUSE:Leap ", Precision::kMinor},
    {"opensuse-tumbleweed", "openSUSE:Tumbleweed", Precision::kNone},
    {"azurelinux", "Azure Linux:", Precision::kMajor},
    {"mariner", "CBL-Mariner:", Precision::kMinor},
    {"photon", "Photon OS:", Precision::kMinor},
    {"arch", "Arch Linux", Precision::kNone},
    {"openeuler", "openEuler:", Precision::kAll},
    {"mageia", "Mageia:", Precision::kMajor},
};

std::string release_of(std::string_view version, Precision precision) {
  if (precision == Precision::kNone) return {};
  if (precision == Precision::kAll) return std::string(version);
  const std::size_t first = version.find('.');
  if (precision == Precision::kMajor || first == std::string_view::npos) {
    return std::string(version.substr(0, first));
  }
  return std::string(version.substr(0, version.find('.', first + 1)));
}

/// The type of a package URL: "deb" of "pkg:deb/debian/bash@5".
std::string_view type_of(std::string_view purl) {
  constexpr std::string_view kScheme = "pkg:";
  if (!purl.starts_with(kScheme)) return {};
  purl.remove_prefix(kScheme.size());
  return purl.substr(0, purl.find('/'));
}

}  // namespace

std::vector<std::string> ecosystems_of(const Distribution& distribution) {
  std::vector<std::string> names;
  for (const Known& known : kKnown) {
    if (known.id != distribution.id) continue;
    const std::string release = release_of(distribution.version, known.precision);
    if (known.precision != Precision::kNone && release.empty()) return names;
    names.push_back(std::string(known.family) + release);
    // Fixes that only subscribers get; what is filed there is shown as such.
    if (known.id == "ubuntu") names.push_back("Ubuntu:Pro:" + release);
    return names;
  }
  return names;
}

bool is_of_system(const Package& package) {
  const std::string_view type = type_of(package.purl);
  if (type == "deb" || type == "apk" || type == "rpm" || type == "alpm") return true;
  if (!type.empty()) return false;
  const std::string_view family = family_of(package.ecosystem);
  if (family == "RPM") return true;
  for (const Known& known : kKnown) {
    if (family_of(known.family) == family) return true;
  }
  return false;
}

Distribution distribution_of(const Package& package) {
  constexpr std::string_view kQualifier = "distro=";
  const std::string_view purl = package.purl;
  const std::size_t question = purl.find('?');
  if (question == std::string_view::npos) return {};
  for (const std::string_view each : ascii::split(purl.substr(question + 1), '&')) {
    if (!each.starts_with(kQualifier)) continue;
    const std::string_view value = each.substr(kQualifier.size());
    const std::size_t dash = value.rfind('-');
    if (dash == std::string_view::npos) return {std::string(value), ""};
    return {std::string(value.substr(0, dash)), std::string(value.substr(dash + 1))};
  }
  return {};
}

}  // namespace plimsoll::advisory
