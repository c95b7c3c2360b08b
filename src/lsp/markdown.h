#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::lsp {

/// What a client shows a hover in.
enum class Markup : std::uint8_t { kPlain, kMarkdown };

/// Untrusted text as itself, in one line: no control characters, and in Markdown no markup.
[[nodiscard]] std::string escaped(std::string_view text, Markup markup);
[[nodiscard]] std::string bold(std::string_view escaped_text, Markup markup);

}  // namespace plimsoll::lsp
