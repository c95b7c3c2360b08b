#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::lsp {

/// Cuts a byte stream into messages: headers, an empty line, Content-Length bytes.
/// Source: Language Server Protocol 3.17, "Base Protocol".
class FrameReader {
 public:
  void feed(std::string_view bytes);

  /// The next message, or what is wrong with the stream; nullopt when more bytes are needed.
  /// After an error the next message is read as if nothing had been, unless lost().
  /// @error kInvalid   a header block without a usable Content-Length; it is skipped
  /// @error kTooLarge  a message beyond limits::kMessageBytes; it is skipped, never held
  /// @error kLimit     headers that do not end
  [[nodiscard]] std::optional<Result<std::string>> next();

  /// Where the next message begins cannot be known any more.
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(used_); }
  void use(std::size_t bytes);
  std::optional<Result<std::string>> read_headers();

  std::string buffer_;
  std::size_t used_ = 0;                ///< bytes of buffer_ that were handed out
  std::size_t skip_ = 0;                ///< bytes of a refused message still to come
  std::optional<std::size_t> content_;  ///< length of the message whose headers were read
  bool lost_ = false;
};

/// The message with its header.
[[nodiscard]] std::string frame(std::string_view content);

}  // namespace plimsoll::lsp
