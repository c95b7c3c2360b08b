#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/json_reading.h"
#include "advisory/vex.h"
#include "core/result.h"

/// What the readers of VEX documents share.
namespace plimsoll::advisory {

/// What a document may still say. References let a few bytes mean many, and each name of a
/// vulnerability finds each product: all is paid for when it is read.
class VexBudget {
 public:
  /// @error kLimit  more than limits::kVexBytes in all
  [[nodiscard]] Result<void> take(const VexComponent& component);  ///< of the last statement
  [[nodiscard]] Result<void> take(const VexStatement& statement);  ///< without its products

  [[nodiscard]] Result<void> take(std::size_t bytes);

 private:
  std::size_t taken_ = 0;
  std::size_t names_ = 0;  ///< of the last statement
};

/// "statements[3].status: unknown 'fixd'; did you mean 'fixed'?"
[[nodiscard]] tl::unexpected<Error> unknown_word(const std::string& place, std::string_view word,
                                                 const std::vector<std::string_view>& known);

/// "statements[3]".
[[nodiscard]] std::string place_in(std::string_view list, std::size_t index);

/// The element at `key`.
[[nodiscard]] std::optional<json::Value> member(const json::Value& object, std::string_view key);

/// A component that is called so: a package URL goes to `purl`, a CPE to `cpe`.
[[nodiscard]] VexComponent component_called(std::string_view id);

}  // namespace plimsoll::advisory
