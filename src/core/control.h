#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace plimsoll {

/// The checklist behind the score (DESIGN §5), in the order people read it.
enum class Control : std::uint8_t {
  kNonRootUser,
  kMinimalBaseImage,
  kNoSecrets,
  kReadOnlyFilesystem,
  kResourceLimits,
  kLeastCapabilities,
  kNoNewPrivileges,
  kVulnerabilityScanning,
  kBaseImageUpdates,
  kHealthChecks,
  kNetworkSegmentation,
  kNoDockerSocket,
  kBoundedLogging,
  kIsolation,
  kVerifiedSources,
};

inline constexpr std::size_t kControlCount = 15;

struct ControlInfo {
  Control control;
  std::string_view id;     ///< stable, kebab-case
  std::string_view title;  ///< for people
};

[[nodiscard]] const std::array<ControlInfo, kControlCount>& controls();
[[nodiscard]] std::string_view id(Control control);
[[nodiscard]] std::string_view title(Control control);

}  // namespace plimsoll
