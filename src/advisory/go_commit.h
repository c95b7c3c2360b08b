#pragma once

#include <string_view>

namespace plimsoll::advisory {

/// Whether a version of a Go module names a commit without a release before it
/// ("v0.0.0-20240101000000-abcdefabcdef") that was made after a day, though another version is a
/// release. Go gives such versions to what was built without the tags of its repository; their
/// order then says nothing, and their time does. Source: https://go.dev/ref/mod#pseudo-versions
/// @param day    "2022-04-20"; "" is no day
/// @param fixed  the version that mends a fault; "" without
[[nodiscard]] bool is_commit_after(std::string_view version, std::string_view day,
                                   std::string_view fixed);

}  // namespace plimsoll::advisory
