#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/severity.h"
#include "report/format.h"

namespace plimsoll::report {

/// Colours and weights of a terminal (ECMA-48, SGR).
struct Style {
  std::string_view code;
};
inline constexpr Style kBold{"1"};
inline constexpr Style kDim{"2"};
inline constexpr Style kGreen{"32"};
inline constexpr Style kYellow{"33"};
inline constexpr Style kRed{"31"};
[[nodiscard]] Style style_of(Severity severity);

/// Writes for one terminal.
class Painter {
 public:
  explicit Painter(const Appearance& appearance);

  [[nodiscard]] std::string paint(Style style, std::string_view text) const;
  /// Untrusted text, as this terminal may see it.
  [[nodiscard]] std::string safe(std::string_view text, std::size_t max_code_points) const;
  /// " · " where the terminal has it.
  [[nodiscard]] std::string_view dot() const;
  /// Columns that are used: lines longer than 120 are hard to read, whatever the terminal.
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] const Appearance& appearance() const { return appearance_; }

 private:
  const Appearance& appearance_;
  std::size_t width_;
};

/// Cuts at blanks so that no line is wider than `width`; words longer than that stay whole.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "482 kB", "38.2 MB": as Docker says sizes, by thousands.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace plimsoll::report
