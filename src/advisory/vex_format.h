#pragma once

#include <string_view>
#include <vector>

#include "advisory/vex.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// One form of VEX documents: one file of vex_formats/, which CMake finds.
struct VexFormat {
  std::string_view name;   ///< "openvex", "csaf"
  std::string_view title;  ///< for people: "OpenVEX"
  /// Of several that say so, the first by name is taken.
  bool (*recognises)(std::string_view path, std::string_view bytes);
  /// In the order of the document. Source and the error's path are set by read_vex.
  Result<std::vector<VexStatement>> (*read)(std::string_view bytes);
  std::string_view source = {};  ///< where the format is written down
};

[[nodiscard]] const std::vector<const VexFormat*>& all_vex_formats();

/// Null when it is no VEX document.
[[nodiscard]] const VexFormat* recognise_vex(std::string_view path, std::string_view bytes);

/// The statements of one document, in its order.
/// @error kInvalid   no VEX document, or broken; the message says where: "statements[3].status"
/// @error kTooLarge  more than limits::kJsonBytes
/// @error kLimit     says more than limits::kVexBytes, its references followed
[[nodiscard]] Result<std::vector<VexStatement>> read_vex(std::string_view path,
                                                         std::string_view bytes);

}  // namespace plimsoll::advisory
