#include "image/os_release.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::image {
namespace {

/// A value without its quotes and escapes, as a shell would read it.
std::string unquoted(std::string_view value) {
  value = ascii::trim(value);
  std::string text;
  char quote = '\0';
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote && quote != '\0') {
      quote = '\0';
    } else if (c == '\\' && quote != '\'' && i + 1 < value.size()) {
      text += value[++i];
    } else {
      text += c;
    }
  }
  return text;
}

struct Distribution {
  std::string_view id;
  std::string_view ecosystem;
};
// https://ossf.github.io/osv-schema/#defined-ecosystems
constexpr Distribution kDistributions[] = {
    {"almalinux", "AlmaLinux"},
    {"alpaquita", "Alpaquita"},
    {"alpine", "Alpine"},
    {"amzn", "Amazon Linux"},
    {"arch", "Arch"},
    {"azurelinux", "Azure Linux"},
    {"bellsoft-hardened-containers", "BellSoft Hardened Containers"},
    {"bottlerocket", "Bottlerocket"},
    {"centos", "CentOS"},
    {"chainguard", "Chainguard"},
    {"debian", "Debian"},
    {"echo", "Echo"},
    {"fedora", "Fedora"},
    {"gentoo", "Gentoo"},
    {"mageia", "Mageia"},
    {"mariner", "Azure Linux"},
    {"minimos", "MinimOS"},
    {"ol", "Oracle Linux"},
    {"openeuler", "openEuler"},
    {"opensuse", "openSUSE"},
    {"opensuse-leap", "openSUSE"},
    {"opensuse-tumbleweed", "openSUSE"},
    {"photon", "Photon OS"},
    {"raspbian", "Debian"},
    {"rhel", "Red Hat"},
    {"rocky", "Rocky Linux"},
    {"sle_hpc", "SUSE"},
    {"sled", "SUSE"},
    {"sles", "SUSE"},
    {"sles_sap", "SUSE"},
    {"sl-micro", "SUSE"},
    {"suse", "SUSE"},
    {"ubuntu", "Ubuntu"},
    {"wolfi", "Wolfi"},
};

/// What readers of databases say that cannot know better.
bool is_family(std::string_view ecosystem) {
  constexpr std::string_view kFamilies[] = {"RPM", "Debian", "Alpine", "Arch"};
  return std::find(std::begin(kFamilies), std::end(kFamilies), ecosystem) != std::end(kFamilies);
}

/// Which family a distribution's packages are of.
std::string_view family_of(std::string_view ecosystem) {
  constexpr std::string_view kDebian[] = {"Debian", "Ubuntu", "Echo"};
  constexpr std::string_view kAlpine[] = {"Alpine",     "Alpaquita", "BellSoft Hardened Containers",
                                          "Chainguard", "MinimOS",   "Wolfi"};
  const auto has = [ecosystem](const auto& names) {
    return std::find(std::begin(names), std::end(names), ecosystem) != std::end(names);
  };
  if (has(kDebian)) return "Debian";
  if (has(kAlpine)) return "Alpine";
  if (ecosystem == "Arch") return "Arch";
  return ecosystem == "Gentoo" ? "" : "RPM";
}

}  // namespace

OsRelease parse_os_release(std::string_view text) {
  OsRelease release;
  struct Field {
    std::string_view key;
    std::string OsRelease::*value;
  };
  constexpr Field kFields[] = {{"ID", &OsRelease::id},
                               {"ID_LIKE", &OsRelease::id_like},
                               {"VERSION_ID", &OsRelease::version_id},
                               {"VERSION_CODENAME", &OsRelease::codename},
                               {"PRETTY_NAME", &OsRelease::pretty_name}};
  for (const std::string_view line : ascii::split(text, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = ascii::trim(line.substr(0, equals));
    for (const Field& field : kFields) {
      if (key == field.key) release.*field.value = unquoted(line.substr(equals + 1));
    }
  }
  return release;
}

std::string_view ecosystem_of(const OsRelease& release) {
  const auto* const found =
      std::find_if(std::begin(kDistributions), std::end(kDistributions),
                   [&release](const Distribution& each) { return each.id == release.id; });
  return found == std::end(kDistributions) ? std::string_view() : found->ecosystem;
}

bool is_distribution(std::string_view ecosystem) {
  return is_family(ecosystem) ||
         std::any_of(std::begin(kDistributions), std::end(kDistributions),
                     [ecosystem](const Distribution& each) { return each.ecosystem == ecosystem; });
}

void name_distribution(Package& package, const OsRelease& release) {
  if (!is_family(package.ecosystem)) return;
  const std::string_view own = ecosystem_of(release);
  if (!own.empty() && family_of(own) == package.ecosystem) package.ecosystem = own;
}

}  // namespace plimsoll::image
