#include "advisory/purl_match.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::advisory {
namespace {

struct Folding {
  std::string_view type;
  bool space;  ///< the namespace is lower case, too
};
/// Types whose names mean the same in any case. npm is not one of them: "JSONStream" and
/// "jsonstream" are two packages.
constexpr std::array kFoldings{
    Folding{"apk", true},     Folding{"alpm", true},     Folding{"bitbucket", true},
    Folding{"bitnami", true}, Folding{"composer", true}, Folding{"deb", true},
    Folding{"docker", true},  Folding{"github", true},   Folding{"gitlab", true},
    Folding{"golang", true},  Folding{"hex", true},      Folding{"nuget", false},
    Folding{"oci", false},    Folding{"pub", false},
};

struct Vendor {
  std::string_view distribution;  ///< id of /etc/os-release
  std::string_view space;
};
/// What RPM's database does not tell, since it names no vendor as package URLs do.
constexpr std::array kVendors{
    Vendor{"rhel", "redhat"},         Vendor{"redhat", "redhat"},
    Vendor{"ol", "oracle"},           Vendor{"sles", "suse"},
    Vendor{"suse", "suse"},           Vendor{"opensuse", "opensuse"},
    Vendor{"almalinux", "almalinux"}, Vendor{"rocky", "rocky"},
    Vendor{"fedora", "fedora"},       Vendor{"centos", "centos"},
    Vendor{"amzn", "amzn"},           Vendor{"photon", "photon"},
    Vendor{"mariner", "mariner"},     Vendor{"azurelinux", "azurelinux"},
};

/// PEP 503: runs of '-', '_' and '.' are one '-'.
std::string python_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_dash = c == '-' || c == '_' || c == '.';
    if (is_dash && out.ends_with('-')) continue;
    out += is_dash ? '-' : ascii::to_lower(c);
  }
  return out;
}

std::string_view vendor_of(std::string_view distribution) {
  for (const Vendor& vendor : kVendors) {
    if (!distribution.starts_with(vendor.distribution)) continue;
    const std::string_view rest = distribution.substr(vendor.distribution.size());
    if (rest.empty() || rest.front() == '-') return vendor.space;
  }
  return {};
}

void set_qualifier(PackageUrl& url, std::string_view key, std::string_view value) {
  std::erase_if(url.qualifiers, [key](const auto& each) { return each.first == key; });
  if (!value.empty()) url.qualifiers.emplace_back(key, value);
}

void fold_rpm(PackageUrl& url) {
  if (url.space.empty()) url.space = vendor_of(url.qualifier("distro"));
  const std::size_t colon = url.version.find(':');
  if (colon != std::string::npos) {
    if (url.qualifier("epoch").empty()) set_qualifier(url, "epoch", url.version.substr(0, colon));
    url.version.erase(0, colon + 1);
  }
  if (url.qualifier("epoch") == "0") set_qualifier(url, "epoch", "");
}

/// Of "glibc-2.34-60.el9.src.rpm": name and version.
std::pair<std::string_view, std::string_view> rpm_source(std::string_view archive) {
  for (const std::string_view end : {".src.rpm", ".nosrc.rpm"}) {
    if (archive.ends_with(end)) archive.remove_suffix(end.size());
  }
  const std::size_t release = archive.rfind('-');
  if (release == std::string_view::npos || release == 0) return {archive, {}};
  const std::size_t version = archive.rfind('-', release - 1);
  if (version == std::string_view::npos) return {archive, {}};
  return {archive.substr(0, version), archive.substr(version + 1)};
}

}  // namespace

std::optional<PackageUrl> comparable_purl(std::string_view text) {
  if (text.size() > limits::kPackageUrlBytes) return std::nullopt;
  auto url = parse_purl(text);
  if (!url) return std::nullopt;
  for (const Folding& folding : kFoldings) {
    if (folding.type != url->type) continue;
    url->name = ascii::lower(url->name);
    if (folding.space) url->space = ascii::lower(url->space);
  }
  if (url->type == "pypi") url->name = python_name(url->name);
  if (url->type == "rpm") fold_rpm(*url);
  const bool has_v = url->version.size() > 1 && url->version[0] == 'v';
  if (url->type == "golang" && has_v && ascii::is_digit(url->version[1])) url->version.erase(0, 1);
  return url;
}

std::string purl_key(const PackageUrl& url) {
  return url.type + '/' + url.space + '/' + url.name;
}

bool purl_covers(const PackageUrl& general, const PackageUrl& specific) {
  if (general.type != specific.type || general.space != specific.space ||
      general.name != specific.name) {
    return false;
  }
  if (!general.version.empty() && general.version != specific.version) return false;
  if (!general.subpath.empty() && general.subpath != specific.subpath) return false;
  // A key is there once; of several the first counts on both sides.
  return std::all_of(general.qualifiers.begin(), general.qualifiers.end(), [&](const auto& each) {
    const std::string_view wanted = general.qualifier(each.first);
    return wanted.empty() || specific.qualifier(each.first) == wanted;
  });
}

std::optional<PackageUrl> source_purl(const PackageUrl& package) {
  const bool is_rpm = package.type == "rpm";
  if (!is_rpm && package.type != "deb") return std::nullopt;
  PackageUrl source = package;
  const std::string upstream(package.qualifier("upstream"));
  if (!upstream.empty() && is_rpm) {
    const auto [name, version] = rpm_source(upstream);
    source.name = name;
    if (!version.empty()) source.version = version;
  } else if (!upstream.empty()) {
    const std::size_t at = upstream.find('@');
    source.name = upstream.substr(0, at);
    if (at != std::string::npos) source.version = upstream.substr(at + 1);
  }
  set_qualifier(source, "upstream", "");
  set_qualifier(source, "arch", is_rpm ? "src" : "source");
  return source;
}

bool is_source_purl(const PackageUrl& url) {
  const std::string_view arch = url.qualifier("arch");
  return arch == "src" || arch == "source";
}

}  // namespace plimsoll::advisory
