#include "core/finding.h"

namespace plimsoll {

std::string_view to_string(FixSafety safety) {
  switch (safety) {
    case FixSafety::kNone: return "none";
    case FixSafety::kSafe: return "safe";
    case FixSafety::kUnsafe: return "unsafe";
  }
  return "none";
}

}  // namespace plimsoll
