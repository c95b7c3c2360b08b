#include "advisory/erratum.h"

#include <algorithm>
#include <utility>

#include "advisory/rpm_name.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

/// The digits after `tag` in a release: "8" of "1.module_el8.4.0" after "el".
std::string_view digits_after(std::string_view release, std::string_view tag) {
  for (std::size_t at = release.find(tag); at != std::string_view::npos;
       at = release.find(tag, at + 1)) {
    std::size_t end = at + tag.size();
    while (end < release.size() && ascii::is_digit(release[end])) ++end;
    if (end > at + tag.size()) return release.substr(at + tag.size(), end - at - tag.size());
  }
  return {};
}

/// Where a build is alike for several architectures, they stand near each other.
constexpr std::size_t kMostLookedBack = 64;

}  // namespace

std::optional<std::string> erratum_ecosystem(std::string_view id, std::string_view release) {
  struct Vendor {
    std::string_view prefix;
    std::string_view tag;
    std::string_view name;
  };
  static constexpr Vendor kVendors[] = {
      {"ALSA-", "el", "AlmaLinux:"},     {"ALBA-", "el", "AlmaLinux:"},
      {"ALEA-", "el", "AlmaLinux:"},     {"RLSA-", "el", "Rocky Linux:"},
      {"RXSA-", "el", "Rocky Linux:"},   {"ELSA-", "el", "Oracle Linux:"},
      {"ALAS", "amzn", "Amazon Linux:"},
  };
  if (id.starts_with("BRSA-")) return "Bottlerocket";
  for (const Vendor& vendor : kVendors) {
    if (!id.starts_with(vendor.prefix)) continue;
    const std::string_view number = digits_after(release, vendor.tag);
    if (!number.empty()) return std::string(vendor.name) + std::string(number);
  }
  return std::nullopt;
}

bool add_erratum_package(const ErratumPackage& package, std::string_view module,
                         Advisory& advisory) {
  auto ecosystem = erratum_ecosystem(advisory.id, package.release);
  if (!ecosystem || package.name.empty() || package.version.empty()) return false;
  if (package.architecture == "src") return true;  // its binaries are there too
  const bool is_modular = ascii::contains(package.release, "module");
  Affected affected{.ecosystem = std::move(*ecosystem),
                    .package = std::string(package.name),
                    .severity = advisory.severity,
                    .module = std::string(is_modular ? module : std::string_view{})};
  affected.ranges.push_back({.fixed = evr_of(package.epoch, package.version, package.release)});
  auto& all = advisory.affected;
  const auto from = all.size() > kMostLookedBack ? all.end() - kMostLookedBack : all.begin();
  auto same = std::find_if(from, all.end(), [&affected](const Affected& each) {
    return each.package == affected.package && each.ranges == affected.ranges &&
           each.module == affected.module && each.ecosystem == affected.ecosystem;
  });
  if (same == all.end()) same = all.insert(all.end(), std::move(affected));
  auto& architectures = same->architectures;
  const bool is_any = package.architecture.empty() || package.architecture == "noarch";
  if (!is_any && architectures.size() < kMostLookedBack &&
      std::find(architectures.begin(), architectures.end(), package.architecture) ==
          architectures.end()) {
    architectures.emplace_back(package.architecture);
  }
  return true;
}

}  // namespace plimsoll::advisory
