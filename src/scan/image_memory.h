#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "check/engine.h"
#include "image/inventory.h"
#include "image/waste.h"

namespace plimsoll::scan {

/// What was told of an image the last time, so that the same program tells it again at once when
/// nothing that decides it has changed: the image, the settings and what rules are judged by.
class ImageMemory {
 public:
  /// @param folder   "" remembers nothing
  /// @param version  of the analysers, told so; that of the rules is known here
  ImageMemory(std::string folder, std::uint64_t version, const image::SavedImage& image,
              const check::RuleOptions& rules);

  struct Told {
    image::Inventory inventory;  ///< without layers and files
    image::Waste waste;
    check::Verdict verdict;
  };
  /// @param name  the subject of all findings
  [[nodiscard]] std::optional<Told> find(const image::SavedImage& image,
                                         const std::string& name) const;
  /// Only what is whole is kept.
  void keep(const image::Inventory& inventory, const image::Waste& waste,
            const check::Verdict& verdict) const;

 private:
  std::string folder_;
  std::uint64_t version_;
  std::string key_;  ///< "" where the image does not say what it is
};

}  // namespace plimsoll::scan
