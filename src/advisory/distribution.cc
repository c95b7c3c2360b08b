#include "advisory/distribution.h"

#include <utility>

#include "advisory/debian_release.h"
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
    {"amzn", "Amazon Linux:", Precision::kMajor},
    {"fedora", "Fedora:", Precision::kMajor},
    {"sles", "SUSE:Linux Enterprise Server ", Precision::kMinor},
    {"sles_sap", "SUSE:Linux Enterprise Server ", Precision::kMinor},
    {"sle-micro", "SUSE:Linux Enterprise Micro ", Precision::kMinor},
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

/// "15 SP5" of 15.5.
std::string service_pack(std::string_view release) {
  const std::size_t dot = release.find('.');
  std::string text(release.substr(0, dot));
  if (dot != std::string_view::npos) text.append(" SP").append(release.substr(dot + 1));
  return text;
}

/// Where SUSE publishes fixes of what its server is put together from.
/// Source: https://documentation.suse.com/sles/15-SP5/html/SLES-modules/
void add_suse(std::string_view release, std::vector<std::string>& names) {
  const std::string pack = service_pack(release);
  names.push_back("SUSE:Linux Enterprise Server " + pack);
  for (const std::string_view module :
       {"Basesystem", "Certifications", "Containers", "Desktop Applications", "Development Tools",
        "Legacy", "Public Cloud", "Python 3", "Server Applications", "Transactional Server",
        "Web and Scripting"}) {
    names.push_back("SUSE:Linux Enterprise Module for " + std::string(module) + ' ' + pack);
  }
  names.push_back("SUSE:Linux Enterprise Server " + pack + "-LTSS");
}

/// Streams of support that go on with a minor release. Source:
/// https://access.redhat.com/support/policy/updates/errata
void add_redhat_streams(std::string_view version, std::vector<std::string>& names) {
  const std::string minor = release_of(version, Precision::kMinor);
  if (!ascii::contains(minor, ".")) return;
  for (const std::string_view stream : {"eus", "e4s", "aus", "tus"}) {
    names.push_back("Red Hat:rhel_" + std::string(stream) + ':' + minor);
  }
}

/// Releases of Ubuntu by the names that package URLs also have for them.
std::string_view ubuntu_release(std::string_view codename) {
  constexpr std::pair<std::string_view, std::string_view> kReleases[] = {
      {"trusty", "14.04"},  {"xenial", "16.04"},   {"bionic", "18.04"}, {"focal", "20.04"},
      {"jammy", "22.04"},   {"kinetic", "22.10"},  {"lunar", "23.04"},  {"mantic", "23.10"},
      {"noble", "24.04"},   {"oracular", "24.10"}, {"plucky", "25.04"}, {"questing", "25.10"},
      {"resolute", "26.04"}};
  for (const auto& [name, release] : kReleases) {
    if (name == codename) return release;
  }
  return {};
}

/// What a package URL calls a release: "debian-12", "bookworm", "ubuntu-jammy".
Distribution distribution_of_name(std::string_view name) {
  const std::size_t dash = name.rfind('-');
  const std::string_view last = dash == std::string_view::npos ? name : name.substr(dash + 1);
  if (const auto release = ubuntu_release(last); !release.empty()) {
    return {"ubuntu", std::string(release)};
  }
  for (const DebianRelease& release : debian_releases()) {
    if (release.codename == last) return {"debian", std::string(release.number)};
  }
  if (dash == std::string_view::npos) return {std::string(name), ""};
  return {std::string(name.substr(0, dash)), std::string(last)};
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
    if (known.id.starts_with("sles")) {
      add_suse(release, names);
      return names;
    }
    // Its first release is called by its months: "2018.03".
    const bool is_first_amazon = known.id == "amzn" && release.starts_with("201");
    names.push_back(std::string(known.family) + (is_first_amazon ? "1" : release));
    // Fixes that only subscribers get; what is filed there is shown as such.
    if (known.id == "ubuntu") names.push_back("Ubuntu:Pro:" + release);
    if (known.family.starts_with("Red Hat:")) add_redhat_streams(distribution.version, names);
    return names;
  }
  return names;
}

std::string_view subscription_of(std::string_view ecosystem) {
  if (ecosystem.starts_with("Ubuntu:Pro:")) return "Ubuntu Pro";
  if (ecosystem.starts_with("SUSE:") && ecosystem.ends_with("-LTSS")) return "SUSE LTSS";
  return {};
}

bool is_extended_stream(std::string_view ecosystem) {
  return ecosystem.starts_with("Red Hat:rhel_");
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
    return distribution_of_name(each.substr(kQualifier.size()));
  }
  return {};
}

}  // namespace plimsoll::advisory
