#pragma once

#include <string>
#include <string_view>

/// Lexical operations on '/'-separated paths. Nothing here touches a disk.
namespace plimsoll::path {

/// "a/b" + "../c" = "a/c"; an absolute `relative` wins; "" and "." vanish; never ends in '/'.
/// ".." above the start of a relative base is kept ("../x"), so escapes stay visible.
[[nodiscard]] std::string join(std::string_view base, std::string_view relative);
[[nodiscard]] std::string normalize(std::string_view path);
/// "a/b/c" → "a/b"; "c" → "."; "/c" → "/".
[[nodiscard]] std::string_view folder(std::string_view path);
/// "a/b/c" → "c".
[[nodiscard]] std::string_view name(std::string_view path);
/// ".yml" with the dot; "" when none (".env" has none).
[[nodiscard]] std::string_view extension(std::string_view path);
/// True when `path` is `folder` or lies below it ("." holds every relative path without "..").
[[nodiscard]] bool is_within(std::string_view path, std::string_view folder);

}  // namespace plimsoll::path
