#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "archive/zip_archive.h"

namespace plimsoll::archive {

/// Makes a ZIP archive in memory, with any number of files and less than 4 GiB.
class ZipWriter {
 public:
  /// A file as another archive has it, without unpacking it.
  /// @error kInvalid   it is not where its archive says
  /// @error kTooLarge  the archive would be
  [[nodiscard]] Result<void> copy(std::string_view archive, const ZipEntry& entry);
  /// A file that is not packed.
  /// @error kTooLarge  the archive would be
  [[nodiscard]] Result<void> add(std::string_view path, std::string_view bytes);
  /// The whole archive. Once.
  [[nodiscard]] std::string finish();

 private:
  [[nodiscard]] Result<void> put(const ZipEntry& about, std::string_view packed);

  std::string bytes_;
  std::string directory_;
  std::uint64_t files_ = 0;
};

}  // namespace plimsoll::archive
