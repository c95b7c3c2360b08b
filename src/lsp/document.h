#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/result.h"
#include "lsp/json_access.h"

namespace plimsoll::lsp {

/// A buffer that is open in the editor: its text is the truth, not the disk's.
struct Document {
  std::string uri;   ///< as the client wrote it
  std::string path;  ///< absolute; empty when it is no file (then it is not judged)
  std::string language;
  std::int64_t version = 0;
  std::string text;
  /// Judged as if named on a command line: where discovery does not look, or under a name that
  /// says nothing.
  bool named = false;
};

/// What the client calls a file.
struct DocumentId {
  std::string uri;
  std::optional<std::int64_t> version;  ///< of an open one
};

/// Applies `contentChanges`, whole texts or ranges, in order.
/// @error kInvalid  not such a list      @error kTooLarge  limits::kDocumentBytes, kChangeBytes;
///                  the text is of no use until the client sends it whole
[[nodiscard]] Result<void> apply_changes(const Json& changes, Encoding encoding, std::string& text);

}  // namespace plimsoll::lsp
