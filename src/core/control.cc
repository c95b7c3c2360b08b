#include "core/control.h"

namespace plimsoll {

const std::array<ControlInfo, kControlCount>& controls() {
  static constexpr std::array<ControlInfo, kControlCount> kControls{{
      {Control::kNonRootUser, "non-root-user", "Runs as a non-root user"},
      {Control::kMinimalBaseImage, "minimal-base-image", "Minimal base image"},
      {Control::kNoSecrets, "no-secrets", "No secrets in files or image layers"},
      {Control::kReadOnlyFilesystem, "read-only-filesystem", "Read-only root filesystem"},
      {Control::kResourceLimits, "resource-limits", "Memory, CPU and process limits"},
      {Control::kLeastCapabilities, "least-capabilities", "Least capabilities"},
      {Control::kNoNewPrivileges, "no-new-privileges", "No new privileges"},
      {Control::kVulnerabilityScanning, "vulnerability-scanning", "Images are scanned"},
      {Control::kBaseImageUpdates, "base-image-updates", "Base images are kept up to date"},
      {Control::kHealthChecks, "health-checks", "Health checks"},
      {Control::kNetworkSegmentation, "network-segmentation", "Network segmentation"},
      {Control::kNoDockerSocket, "no-docker-socket", "Docker socket is not exposed"},
      {Control::kBoundedLogging, "bounded-logging", "Logs are bounded"},
      {Control::kIsolation, "isolation", "Isolated from the host"},
      {Control::kVerifiedSources, "verified-sources", "Pinned and verified sources"},
  }};
  return kControls;
}

std::string_view id(Control control) {
  return controls()[static_cast<std::size_t>(control)].id;
}
std::string_view title(Control control) {
  return controls()[static_cast<std::size_t>(control)].title;
}

}  // namespace plimsoll
