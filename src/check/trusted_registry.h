#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::check {

/// `patterns` are host names with one '*' at an end: "ghcr.io", "*.example.com", "registry.*". Each
/// name of Docker Hub stands for all of them.
[[nodiscard]] bool is_trusted_registry(const std::vector<std::string>& patterns,
                                       std::string_view registry);

}  // namespace plimsoll::check
