#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "parse/node.h"

namespace plimsoll::yaml {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// True at the start of the text, after a line break, and after a leading byte order mark.
[[nodiscard]] bool is_line_start(std::string_view text, std::size_t at);

/// Finds documents that must not be given to libfyaml at all: bytes that no YAML has, and what
/// makes its version 0.7.12 crash or take far more time or memory than the text has bytes.
class Guard {
 public:
  explicit Guard(std::string_view text);

  /// What is wrong with the document from `begin` to `end`.
  [[nodiscard]] std::optional<TreeProblem> find(std::uint32_t begin, std::uint32_t end) const;

 private:
  std::string_view text_;
  bool may_have_complex_key_;
};

}  // namespace plimsoll::yaml
