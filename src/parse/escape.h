#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

/// Which letters may follow a backslash in a double-quoted string.
enum class EscapeSet : std::uint8_t {
  kJson,   ///< RFC 8259 §7
  kJson5,  ///< also \v \0 \xHH (that other characters stand for themselves is left to the caller)
  kYaml,   ///< YAML 1.2.2 §5.7
};

/// Appends what the escape at the start of `rest` (after its backslash) stands for, and gives the
/// bytes it took; 0 when it is no escape of this set, and nothing is appended. \uD83D\uDC33 is one
/// character; half of such a pair becomes U+FFFD.
std::size_t append_escape(std::string_view rest, EscapeSet set, std::string& out);

}  // namespace plimsoll
