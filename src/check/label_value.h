#pragma once

#include <string_view>

namespace plimsoll::check {

/// `value` is of the type that a label schema names: text, url, rfc3339, spdx, hash, semver, email.
/// Unknown types take any text.
[[nodiscard]] bool fits_label_type(std::string_view value, std::string_view type);

/// What a value of the type looks like, for messages: "a URL".
[[nodiscard]] std::string_view describe_label_type(std::string_view type);

}  // namespace plimsoll::check
