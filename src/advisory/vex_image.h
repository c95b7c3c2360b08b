#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advisory/vex.h"
#include "core/package_url.h"
#include "parse/image_reference.h"

namespace plimsoll::advisory {

/// All by which an image may be called.
struct ImageIdentity {
  std::vector<std::string> references;  ///< "ghcr.io/x/y:1", "nginx"
  std::vector<std::string> digests;     ///< "sha256:…": of its manifest, index and config
  std::vector<std::string> purls;       ///< what an SBOM calls it
  std::vector<std::string> cpes;        ///< CPE_NAME of /etc/os-release
  std::string architecture;             ///< "amd64"
};

/// An image that statements are held against.
class VexImage {
 public:
  VexImage() = default;
  explicit VexImage(ImageIdentity identity);

  /// Whether the component is this image.
  [[nodiscard]] bool is(const VexComponent& component) const;
  /// Whether it is the distribution that the image was made from. What is said of a distribution is
  /// not said of all that else was put into the image, only of parts of the distribution.
  [[nodiscard]] bool is_based_on(const VexComponent& component) const;

 private:
  [[nodiscard]] bool has_digest(std::string_view digest) const;
  [[nodiscard]] bool is_reference(std::string_view text) const;
  [[nodiscard]] bool is_oci(const PackageUrl& url) const;
  [[nodiscard]] bool is_docker(const PackageUrl& url) const;

  ImageIdentity identity_;
  std::vector<ImageReference> references_;
};

/// Whether the package URL is of an image: "pkg:oci/…", "pkg:docker/…".
[[nodiscard]] bool is_image_purl(std::string_view purl);

/// Whether a CPE, of either form, is of the release that a system calls itself by: vendor, product
/// and version. "8" is the release of "8.10". Part and edition tell repositories of one release
/// apart, "cpe:/a:redhat:enterprise_linux:9::appstream" from
/// "cpe:/o:redhat:enterprise_linux:9::baseos".
[[nodiscard]] bool is_cpe_of_release(std::string_view cpe, std::string_view system);

}  // namespace plimsoll::advisory
