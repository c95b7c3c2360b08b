#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::lsp {

/// "file:///a%20b" → "/a b", normalised. Nullopt for other schemes, other hosts, relative paths and
/// a NUL byte. Source: RFC 8089.
[[nodiscard]] std::optional<std::string> path_of_uri(std::string_view uri);

/// The reverse, of an absolute path: "/a b" → "file:///a%20b".
[[nodiscard]] std::string uri_of_path(std::string_view path);

}  // namespace plimsoll::lsp
