#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "image/content_reader.h"
#include "image/package_reader.h"

namespace plimsoll::image {

/// Keeps what lists packages and reads it as soon as it is whole.
class PackageCollector final : public ContentReader {
 public:
  using ReaderOf = std::function<const PackageReader*(std::string_view path)>;  ///< null: none
  using Readings = std::map<std::string, PackageReading, std::less<>>;          ///< by path

  PackageCollector(ReaderOf reader_of, Readings& into)
      : reader_of_(std::move(reader_of)), into_(into) {}

  bool begin(const Entry& entry, std::string_view head) override;
  [[nodiscard]] bool keeps_all() const override { return true; }
  void piece(std::string_view bytes) override;
  void end(const Entry& entry, bool whole) override;

 private:
  ReaderOf reader_of_;
  Readings& into_;
  const PackageReader* reader_ = nullptr;
  std::string bytes_;
};

}  // namespace plimsoll::image
