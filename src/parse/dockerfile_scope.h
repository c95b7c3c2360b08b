#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// The ARG and ENV values that an instruction sees: those of its stage and of the stages that is
/// FROM, in order. Source: docs.docker.com/reference/dockerfile, "Scope" and "Environment
/// replacement".
class Scope {
 public:
  /// Everything declared before `instruction` (which must be of `file`).
  Scope(const Dockerfile& file, const Instruction& instruction);
  /// Everything declared by the end of `stage`.
  Scope(const Dockerfile& file, const Stage& stage);

  /// `text` with variables replaced. Not known when it depends on an ARG without default or on a
  /// variable that nobody declares.
  [[nodiscard]] Expansion expand(std::string_view text) const;
  /// Declared at all, even without value.
  [[nodiscard]] bool declares(std::string_view name) const;

 private:
  void read(const Dockerfile& file, const Stage& stage, std::uint32_t end);
  void declare(const Dockerfile& file, const Instruction& instruction);

  std::unordered_map<std::string_view, std::optional<std::string>> values_;
  std::size_t bytes_ = 0;
  char escape_;
};

}  // namespace plimsoll::dockerfile
