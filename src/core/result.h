#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/source_file.h"

namespace plimsoll {

/// What kind of wrong the world did. Each code has one exit status (see exit_status in
/// core/exit.h).
enum class ErrorCode : std::uint8_t {
  kNotFound,     ///< path missing
  kUnreadable,   ///< present, but the system refused to give its bytes
  kTooLarge,     ///< longer than a limit of core/limits.h; nothing of it was judged
  kInvalid,      ///< not in the format it claims: rejected
  kLimit,        ///< a depth, count or expansion limit tripped part way: incomplete
  kUsage,        ///< command line or configuration
  kEnvironment,  ///< engine, data or permission missing
};

[[nodiscard]] std::string_view to_string(ErrorCode code);

/// A failure outside our control. `message` is one line, lower case, no full stop.
struct Error {
  ErrorCode code = ErrorCode::kInvalid;
  std::string message;
  std::string path;   ///< empty when no file is to blame
  Position position;  ///< meaningful only when `has_position`
  bool has_position = false;
  std::vector<std::string> trail;  ///< innermost context first

  /// Adds "while doing X" on the way up.
  [[nodiscard]] Error in(std::string context) && {
    trail.push_back(std::move(context));
    return std::move(*this);
  }
  /// "path:line:column: message (while …)".
  [[nodiscard]] std::string to_line() const;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                                std::string path = {}) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.path = std::move(path);
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace plimsoll
