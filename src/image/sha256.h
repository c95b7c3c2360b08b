#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace plimsoll::image {

/// SHA-256 of bytes that come piece by piece, with the processor's instructions where it has them.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  /// "sha256:…" of all that was added. Once.
  [[nodiscard]] std::string digest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_of(std::string_view bytes);

}  // namespace plimsoll::image
