#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "report/document.h"

/// Packages, what is known of them, and the image they are of: their part of merge().
namespace plimsoll::report {

/// Which reports are of one image: the same manifest, else the same in all that is known of it.
class ImagesOf {
 public:
  explicit ImagesOf(std::span<const NamedDocument> documents);

  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  /// Of a report, by its place among them: the reference of its image, or the name of the first
  /// report of it where another image has that reference, too. "" for a report of no image.
  [[nodiscard]] std::string label(std::size_t report) const;
  /// The same for two reports of one image, and for no others.
  [[nodiscard]] std::size_t origin(std::size_t report) const { return origins_[report]; }

 private:
  std::vector<std::string> labels_;   ///< by image
  std::vector<std::size_t> origins_;  ///< by report: its image's, or behind those a number alone
};

/// Where reports are of several images, begins the path of each package with its image's label:
/// "app:1:var/lib/dpkg/status". What stands at one path is one thing once they are merged.
void name_images_in_paths(const ImagesOf& images, std::vector<NamedDocument>& documents);

/// Adds their packages, vulnerabilities, lock files and what could not be judged, each once; and
/// the image, if there is one and no other.
void add_packages(std::span<const NamedDocument> documents, const ImagesOf& images,
                  Document& merged);

}  // namespace plimsoll::report
