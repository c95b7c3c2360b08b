#include "advisory/package_places.h"

#include <algorithm>

#include "advisory/package_key.h"
#include "advisory/program.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

PackagePlace place_of(const Package& package) {
  const std::string ecosystem = canonical_ecosystem(package.ecosystem);
  return {.ecosystem = ecosystem,
          .name = canonical_name(ecosystem, package.name),
          .version = package.version};
}

/// "akka-actor" of "akka-actor_2.12", which was built for that release of Scala; the whole name of
/// any other.
std::string_view without_scala(std::string_view name) {
  const std::size_t mark = name.rfind('_');
  if (mark == std::string_view::npos) return name;
  const std::string_view release = name.substr(mark + 1);
  const bool is_release = release == "3" || (release.starts_with("2.") && release.size() > 2 &&
                                             ascii::is_digit(release[2]));
  return is_release ? name.substr(0, mark) : name;
}

/// Advisories name the builds for each release of Scala, or what they are built of.
std::vector<PackagePlace> places_of_library(const Package& package) {
  std::vector<PackagePlace> places{place_of(package)};
  if (places.front().ecosystem != "Maven") return places;
  const std::string_view plain = without_scala(places.front().name);
  if (plain.size() < places.front().name.size()) {
    PackagePlace second = places.front();
    second.name = plain;
    places.push_back(std::move(second));
  }
  return places;
}

/// "python36:3.6" of RPM's label "python36:3.6:8050020211109:982725ab".
std::string_view stream_of(std::string_view label) {
  const std::size_t first = label.find(':');
  if (first == std::string_view::npos) return label;
  return label.substr(0, label.find(':', first + 1));
}

/// A module's packages are mended by updates of the same stream of the same module only.
bool is_of_same_module(const Package& package, const AffectedView& entry) {
  constexpr std::string_view kMark = ".module";
  const bool in_module =
      !package.module_label.empty() || package.version.find(kMark) != std::string::npos;
  bool is_for_module = !entry.module.empty();
  for (const RangeView& range : entry.ranges) {
    is_for_module = is_for_module || range.fixed.find(kMark) != std::string_view::npos;
  }
  if (in_module != is_for_module) return false;
  return entry.module.empty() || package.module_label.empty() ||
         stream_of(package.module_label) == entry.module;
}

/// "src" says that the source package is named, whatever was built of it.
bool is_for_architecture(const Package& package, const PackagePlace& place,
                         const AffectedView& entry) {
  const bool names_source = entry.architectures.contains("src");
  if (place.is_source || names_source) return place.is_source && names_source;
  return entry.architectures.empty() || package.architecture.empty() ||
         entry.architectures.contains(package.architecture);
}

/// "el9_2" of "5.14.0-284.30.1.el9_2": what was built for one minor release.
std::string_view minor_of(std::string_view version) {
  const std::size_t tag = version.rfind(".el");
  if (tag == std::string_view::npos) return {};
  version.remove_prefix(tag + 1);
  version = version.substr(0, version.find('.'));
  return version.find('_') == std::string_view::npos ? std::string_view() : version;
}

}  // namespace

std::vector<PackagePlace> PackagePlaces::of(const Package& package) {
  if (is_of_system(package)) return places_in_system(package);
  if (package.ecosystem == "generic") return places_of_program(package);
  return places_of_library(package);
}

bool PackagePlaces::covers(std::string_view ecosystem) const {
  const auto& all = database_.ecosystems();
  return std::binary_search(all.begin(), all.end(), ecosystem);
}

bool PackagePlaces::covers_distribution() {
  const auto& names = ecosystems(distribution_);
  return std::any_of(names.begin(), names.end(),
                     [this](const std::string& name) { return covers(name); });
}

const version::Order* PackagePlaces::order_of(const PackagePlace& place) {
  return find_order(place.order.empty() ? place.ecosystem : place.order);
}

const std::vector<std::string>& PackagePlaces::ecosystems(const Distribution& distribution) {
  const auto [known, is_new] = ecosystems_.try_emplace({distribution.id, distribution.version});
  if (is_new) known->second = ecosystems_of(distribution);
  return known->second;
}

const version::Order* PackagePlaces::find_order(const std::string& ecosystem) {
  const auto [known, is_new] = orders_.try_emplace(ecosystem, nullptr);
  if (is_new) known->second = version::find_order(ecosystem);
  return known->second;
}

bool PackagePlaces::is_elsewhere(const Package& package) {
  const std::string_view purl = package.purl;
  std::string_view manager;  // orders are named as the types of package URLs are
  for (const std::string_view type : {"deb", "rpm", "apk"}) {
    if (purl.starts_with("pkg:") && purl.substr(4).starts_with(type)) manager = type;
  }
  const auto& here = ecosystems(distribution_);
  if (manager.empty() || here.empty()) return false;
  const version::Order* order = find_order(here.front());
  return order != nullptr && order->name != manager;
}

std::vector<PackagePlace> PackagePlaces::places_in_system(const Package& package) {
  const bool speaks_for_itself = distribution_.id.empty() || is_elsewhere(package);
  const Distribution own = speaks_for_itself ? distribution_of(package) : distribution_;
  std::vector<PackagePlace> places;
  for (const std::string& ecosystem : ecosystems(own)) {
    const version::Order* order = find_order(ecosystem);
    // Updates of dpkg and apk distributions name what is built, those of RPM what is installed.
    const bool by_source = order == nullptr || order->name != "rpm";
    PackagePlace place{
        .ecosystem = ecosystem,
        .name = by_source && !package.source_name.empty() ? package.source_name : package.name,
        .version =
            by_source && !package.source_version.empty() ? package.source_version : package.version,
        .is_distribution = true,
        .is_for_subscribers = !subscription_of(ecosystem).empty(),
        .is_extended = is_extended_stream(ecosystem)};
    places.push_back(place);
    if (by_source) continue;
    place.is_source = true;
    if (!package.source_name.empty()) place.name = package.source_name;
    if (!package.source_version.empty()) place.version = package.source_version;
    places.push_back(std::move(place));
  }
  return places;
}

/// Of one that no package manager put there, by the names that it is known by. NVD's ranges tell
/// nothing of platforms and settings, so they are asked where nobody who ships the program
/// publishes advisories.
std::vector<PackagePlace> PackagePlaces::places_of_program(const Package& package) const {
  const ProgramNames& names = program_names(package.name);
  const std::string bitnami(names.bitnami.empty() ? package.name : names.bitnami);
  const std::string order(names.order);
  std::vector<PackagePlace> places{
      {.ecosystem = "Bitnami", .name = bitnami, .version = package.version},
      {.ecosystem = "generic", .name = package.name, .version = package.version, .order = order}};
  if (database_.has_package("Bitnami", bitnami)) return places;
  const std::string version(cpe_version(package.name, package.version));
  for (const std::string_view name : names.cpe) {
    places.push_back(
        {.ecosystem = "CPE", .name = std::string(name), .version = version, .order = order});
  }
  return places;
}

bool is_about(const AffectedView& entry, const Package& package, const PackagePlace& place) {
  return is_of_same_module(package, entry) && is_for_architecture(package, place, entry);
}

bool is_for_same_minor(std::string_view version, const AffectedView& entry) {
  const std::string_view minor = minor_of(version);
  return !minor.empty() &&
         std::any_of(entry.ranges.begin(), entry.ranges.end(),
                     [minor](const RangeView& range) { return minor_of(range.fixed) == minor; });
}

}  // namespace plimsoll::advisory
