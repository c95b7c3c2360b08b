#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace plimsoll::archive {

/// One compression undone, a member at a time. What comes out gathers in a piece that is the
/// decoder's own: so each decoder lays it where it costs least.
class Decoder {
 public:
  struct Step {
    std::size_t taken = 0;  ///< bytes of the input
    bool ended = false;     ///< a member, frame or stream is complete
  };

  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Takes some of `in`: all of it, unless the member ends or the piece is full before.
  /// @error kInvalid, kTooLarge  the piece holds what came before
  [[nodiscard]] virtual Result<Step> step(std::string_view in) = 0;
  /// What was made since drop(); stays where it is until then.
  [[nodiscard]] virtual std::string_view piece() const = 0;
  [[nodiscard]] virtual bool is_full() const = 0;
  virtual void drop() = 0;

  /// Whether a further member begins there.
  [[nodiscard]] virtual bool begins(std::string_view in) const = 0;
  /// For a further member, whose bytes come behind those of the piece.
  virtual void restart() = 0;
};

/// For libraries that write where they are told to.
class BufferedDecoder : public Decoder {
 public:
  [[nodiscard]] std::string_view piece() const override { return {buffer_.data(), filled_}; }
  [[nodiscard]] bool is_full() const override { return filled_ == buffer_.size(); }
  void drop() override { filled_ = 0; }

 protected:
  [[nodiscard]] std::span<char> room() { return std::span(buffer_).subspan(filled_); }
  void made(std::size_t bytes) { filled_ += bytes; }

 private:
  static constexpr std::size_t kPiece = 128U << 10U;

  std::vector<char> buffer_ = std::vector<char>(kPiece);
  std::size_t filled_ = 0;
};

}  // namespace plimsoll::archive
