#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace plimsoll::archive {

/// SHA-256 of bytes that come piece by piece, with the processor's instructions where it has them.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  /// Adds all of `bytes`, and to `other` as much of the beginning of `others` as costs nearly
  /// nothing beside it.
  /// @return  how many bytes of `others` that is
  std::size_t add_beside(std::string_view bytes, Sha256& other, std::string_view others);
  /// "sha256:…" of all that was added. Once.
  [[nodiscard]] std::string digest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_of(std::string_view bytes);

}  // namespace plimsoll::archive
