#include "advisory/erratum.h"

#include <algorithm>
#include <cstddef>
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

/// Of Amazon's "ALAS2KERNEL-5.10-2022-001": release "2" and topic "KERNEL-5.10". The first release
/// has no number in its ids.
struct AmazonId {
  std::string_view release;
  std::string_view topic;  ///< "" for what is not of the extras
};

std::optional<AmazonId> parse_amazon_id(std::string_view id) {
  constexpr std::string_view kStart = "ALAS";
  if (!id.starts_with(kStart)) return std::nullopt;
  id.remove_prefix(kStart.size());
  for (int parts = 0; parts < 2; ++parts) {  // the year and the number in it
    const std::size_t dash = id.rfind('-');
    if (dash == std::string_view::npos || dash + 1 == id.size()) return std::nullopt;
    if (!std::all_of(id.begin() + static_cast<std::ptrdiff_t>(dash) + 1, id.end(),
                     ascii::is_digit)) {
      return std::nullopt;
    }
    id = id.substr(0, dash);
  }
  for (const std::string_view release : {"2023", "2022", "2"}) {
    if (id.starts_with(release)) return AmazonId{release, id.substr(release.size())};
  }
  return AmazonId{"1", id};
}

/// A topic of Amazon's extras has packages of core in another version, from which on its advisories
/// hold: those of "KERNEL-5.10" say nothing of the kernel 4.14. "" where all versions are meant.
std::string_view version_of_topic(std::string_view id, std::string_view version) {
  const auto parsed = parse_amazon_id(id);
  if (!parsed) return {};
  const std::size_t before = parsed->topic.find_last_not_of("0123456789.");
  if (before == std::string_view::npos) return {};
  const std::string_view start = parsed->topic.substr(before + 1);
  const bool is_of_it = !start.empty() && version.starts_with(start) &&
                        (version.size() == start.size() || version[start.size()] == '.');
  return is_of_it ? start : std::string_view();
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
      {"ALAS", "amzn", "Amazon Linux:"}, {"FEDORA-", ".fc", "Fedora:"},
  };
  if (id.starts_with("BRSA-")) return "Bottlerocket";
  for (const Vendor& vendor : kVendors) {
    if (!id.starts_with(vendor.prefix)) continue;
    const std::string_view number = digits_after(release, vendor.tag);
    if (!number.empty()) return std::string(vendor.name) + std::string(number);
  }
  if (const auto amazon = parse_amazon_id(id)) {
    return "Amazon Linux:" + std::string(amazon->release);
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
  const std::string_view start = version_of_topic(advisory.id, package.version);
  affected.ranges.push_back({.introduced = start.empty() ? "" : evr_of(package.epoch, start, {}),
                             .fixed = evr_of(package.epoch, package.version, package.release)});
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

std::size_t leave_out_flavours(std::vector<Affected>& all) {
  return std::erase_if(all, [](const Affected& each) {
    if (!each.ecosystem.starts_with("Oracle Linux:") || each.ranges.empty()) return false;
    const std::string& fixed = each.ranges[0].fixed;
    return ascii::contains(fixed, "ksplice") || ascii::contains(fixed, "_fips");
  });
}

}  // namespace plimsoll::advisory
