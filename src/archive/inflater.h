#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/result.h"

namespace plimsoll::archive {

/// Undoes DEFLATE (RFC 1951) bit by bit as it comes. What comes out is laid into memory of its own,
/// behind the 32 KiB that a match may reach back to, and stays there for who reads it: the only
/// bytes that are ever copied are those 32 KiB, once a piece.
class Inflater {
 public:
  /// A piece is full when it has as many bytes; the last match may make it a little longer.
  static constexpr std::size_t kPiece = 128U << 10U;

  struct Step {
    std::size_t taken = 0;  ///< bytes of the input
    bool ended = false;     ///< that was the last block; what was not taken is none of it
  };

  Inflater();
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;
  ~Inflater();

  /// For another stream, whose bytes come behind those of the piece.
  void restart();
  /// Takes all of `in`, unless the stream ends or the piece is full before.
  /// @error kInvalid  no such data; the piece holds what came before
  [[nodiscard]] Result<Step> step(std::string_view in);

  /// What was made since the last one was dropped; until drop() it stays where it is.
  [[nodiscard]] std::string_view piece() const;
  [[nodiscard]] bool is_full() const;
  void drop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plimsoll::archive
