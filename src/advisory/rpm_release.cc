#include "advisory/rpm_release.h"

#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

/// What follows `prefix` up to a blank, if it starts with a digit.
std::string_view release_after(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  const std::string_view rest = name.substr(prefix.size());
  if (rest.empty() || !ascii::is_digit(rest[0])) return {};
  return rest.substr(0, rest.find(' '));
}

}  // namespace

std::optional<std::string> redhat_ecosystem(std::string_view cpe) {
  constexpr std::string_view kNew = "cpe:2.3:";
  constexpr std::string_view kOld = "cpe:/";
  if (cpe.starts_with(kNew)) {
    cpe.remove_prefix(kNew.size());
  } else if (cpe.starts_with(kOld)) {
    cpe.remove_prefix(kOld.size());
  } else {
    return std::nullopt;
  }
  const auto parts = ascii::split(cpe, ':');
  if (parts.size() < 3 || parts[1] != "redhat" || parts[2].empty()) return std::nullopt;
  const std::string_view product = parts[2];
  std::string_view version = parts.size() > 3 ? parts[3] : std::string_view{};
  if (version == "*" || version == "-") version = {};
  if (product == "enterprise_linux") version = version.substr(0, version.find('.'));
  std::string ecosystem = "Red Hat:" + std::string(product);
  if (!version.empty()) ecosystem.append(":").append(version);
  return ecosystem;
}

std::optional<std::string> ecosystem_of_platform(std::string_view name) {
  name = ascii::trim(name);
  constexpr std::string_view kSuse = "SUSE ";
  constexpr std::string_view kOpenSuse = "openSUSE ";
  if (name.starts_with(kSuse)) return "SUSE:" + std::string(name.substr(kSuse.size()));
  if (name.starts_with(kOpenSuse)) return "openSUSE:" + std::string(name.substr(kOpenSuse.size()));
  if (const auto release = release_after(name, "Oracle Linux "); !release.empty()) {
    return "Oracle Linux:" + std::string(release);
  }
  if (const auto release = release_after(name, "Red Hat Enterprise Linux "); !release.empty()) {
    return "Red Hat:enterprise_linux:" + std::string(release.substr(0, release.find('.')));
  }
  for (const std::string_view prefix : {"Photon OS ", "Photon "}) {
    const auto release = release_after(name, prefix);
    if (release.empty()) continue;
    const bool is_whole = release.find('.') != std::string_view::npos;
    return "Photon OS:" + std::string(release) + (is_whole ? "" : ".0");
  }
  return std::nullopt;
}

}  // namespace plimsoll::advisory
