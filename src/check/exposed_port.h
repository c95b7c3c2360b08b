#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/ascii.h"

namespace plimsoll::check {

/// A word of EXPOSE: "80", "80/tcp", "8000-8010/udp". Docker also reads "127.0.0.1:80:80".
struct ExposedPort {
  std::string_view published;  ///< what stands before the last ':'; EXPOSE cannot publish
  std::string_view first;
  std::string_view last;  ///< of a range; else the same as `first`
  std::string_view protocol;
};

/// Nothing for words with a variable.
[[nodiscard]] constexpr std::optional<ExposedPort> read_exposed_port(std::string_view word) {
  if (word.find('$') != std::string_view::npos) return std::nullopt;
  ExposedPort port;
  if (const std::size_t colon = word.rfind(':'); colon != std::string_view::npos) {
    port.published = word.substr(0, colon);
    word.remove_prefix(colon + 1);
  }
  if (const std::size_t slash = word.find('/'); slash != std::string_view::npos) {
    port.protocol = word.substr(slash + 1);
    word = word.substr(0, slash);
  }
  const std::size_t dash = word.find('-');
  port.first = word.substr(0, dash);
  port.last = dash == std::string_view::npos ? port.first : word.substr(dash + 1);
  return port;
}

inline constexpr std::uint32_t kHighestPort = 65'535;

/// The number in `text`, capped at one above the highest port; nothing when it is none.
[[nodiscard]] constexpr std::optional<std::uint32_t> exposed_port_number(std::string_view text) {
  if (!ascii::is_number(text)) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
    if (number > kHighestPort) return kHighestPort + 1;
  }
  return number;
}

}  // namespace plimsoll::check
