#pragma once

#include <array>
#include <string>
#include <string_view>

namespace plimsoll::check {

/// The text of an example: a literal, or up to four parts that are read one after the other, so
/// that objects which many examples need are written once (example_objects.h).
class ExampleText {
 public:
  // Not explicit: an example is a row of a table, and most rows are a plain literal.
  // NOLINTBEGIN(google-explicit-constructor)
  constexpr ExampleText(const char* whole) : parts_{whole} {}
  constexpr ExampleText(std::string_view whole) : parts_{whole} {}
  // NOLINTEND(google-explicit-constructor)
  constexpr ExampleText(std::string_view first, std::string_view second,
                        std::string_view third = {}, std::string_view fourth = {})
      : parts_{first, second, third, fourth} {}

  [[nodiscard]] std::string str() const {
    std::string text;
    for (const std::string_view part : parts_) text += part;
    return text;
  }

 private:
  std::array<std::string_view, 4> parts_;
};

}  // namespace plimsoll::check
