#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "base/index.h"

namespace plimsoll::base {

/// An empty folder for an index, gone at the end of the test.
class SampleIndex {
 public:
  SampleIndex() {
    std::string name = std::filesystem::temp_directory_path() / "plimsoll-bases-XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  SampleIndex(const SampleIndex&) = delete;
  SampleIndex& operator=(const SampleIndex&) = delete;
  ~SampleIndex() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// An image of two layers, of which all samples share the lower, on Debian 12.
/// @param id  a hexadecimal digit that its digest is made of
inline Addition sample_addition(const std::string& name, char id,
                                const std::string& created = "2024-01-01T00:00:00Z") {
  Addition addition{.names = {name}, .config_digest = "sha256:" + std::string(64, id)};
  ImageSummary image{.reference = name,
                     .platform = "linux/amd64",
                     .os = "debian 12",
                     .created = created,
                     .bytes = 100'000'000};
  image.layers.push_back({.diff_id = "sha256:l1", .bytes = 60'000'000});
  image.layers.push_back({.diff_id = std::string("sha256:l") + id, .bytes = 40'000'000});
  addition.document.version = "1";
  addition.document.image = image;
  addition.document.packages = {
      {.name = "bash", .version = "5.2.15-2", .ecosystem = "Debian", .layer = "sha256:l1"},
      {.name = "zlib1g",
       .version = "1:1.2.13.dfsg-1",
       .ecosystem = "Debian",
       .layer = "sha256:l1"}};
  return addition;
}

}  // namespace plimsoll::base
