#pragma once

#include <string>
#include <vector>

#include "advisory/vex.h"

namespace plimsoll::advisory {

struct VexDocument {
  std::string author;
  std::string timestamp;  ///< RFC 3339, when it was made; also of statements that have none
  std::vector<VexStatement> statements;
};

/// An OpenVEX 0.2.0 document, the same bytes for the same statements: its id is of its content.
/// Statements are ordered by vulnerability; those of one vulnerability stay in their order, which
/// tells what is newer. The author of single statements is not kept, since the format has none.
[[nodiscard]] std::string to_openvex(const VexDocument& document);

}  // namespace plimsoll::advisory
