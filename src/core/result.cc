#include "core/result.h"

namespace plimsoll {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound: return "not found";
    case ErrorCode::kUnreadable: return "unreadable";
    case ErrorCode::kTooLarge: return "too large";
    case ErrorCode::kInvalid: return "invalid";
    case ErrorCode::kLimit: return "limit";
    case ErrorCode::kUsage: return "usage";
    case ErrorCode::kEnvironment: return "environment";
  }
  return "unknown";
}

std::string Error::to_line() const {
  std::string line;
  if (!path.empty()) {
    line += path;
    if (has_position) {
      line += ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
    }
    line += ": ";
  }
  line += message;
  for (const std::string& context : trail) line += " (while " + context + ')';
  return line;
}

}  // namespace plimsoll
