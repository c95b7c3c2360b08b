#pragma once

#include <cstdint>
#include <string>

#include "core/severity.h"
#include "core/source_file.h"
#include "secret/secret_scan.h"

namespace plimsoll::image {

/// A secret in a file of a layer; its value is not here.
struct FoundSecret {
  std::string path;      ///< in the layer
  std::string detector;  ///< id
  std::string title;
  std::string family;
  Severity severity = Severity::kHigh;
  Position position;
  Position end_position;
  std::uint64_t begin = 0;  ///< bytes of the file
  std::uint64_t end = 0;
  std::string shown;  ///< "ghp_…": at most four bytes of the value
};

[[nodiscard]] inline FoundSecret found_secret(const std::string& path, const secret::Hit& hit) {
  return {.path = path,
          .detector = std::string(hit.detector),
          .title = std::string(hit.title),
          .family = std::string(hit.family),
          .severity = hit.severity,
          .position = hit.position,
          .end_position = hit.end_position,
          .begin = hit.begin,
          .end = hit.end,
          .shown = hit.shown};
}

}  // namespace plimsoll::image
