#pragma once

#include <algorithm>
#include <array>
#include <string_view>

/// What FROM may use without declaring it.
namespace plimsoll::check {

/// Set by BuildKit itself. In a stage they still need an ARG.
/// Source: docs.docker.com/reference/dockerfile, "Automatic platform ARGs in the global scope".
inline constexpr std::array<std::string_view, 11> kPlatformArguments = {
    "BUILDARCH", "BUILDOS",         "BUILDOSVERSION", "BUILDPLATFORM", "BUILDVARIANT", "TARGETARCH",
    "TARGETOS",  "TARGETOSVERSION", "TARGETPLATFORM", "TARGETSTAGE",   "TARGETVARIANT"};

[[nodiscard]] inline bool is_platform_argument(std::string_view name) {
  return std::find(kPlatformArguments.begin(), kPlatformArguments.end(), name) !=
         kPlatformArguments.end();
}

}  // namespace plimsoll::check
