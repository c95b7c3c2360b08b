#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parse/shell.h"

namespace plimsoll::shell {

/// "apt-get" of "/usr/bin/apt-get" and of "${ROOT}/bin/apt-get"; a slash inside an expansion does
/// not count.
[[nodiscard]] std::string_view base_name(std::string_view program);

/// When words[at] is a wrapper: index of the word it runs; else, or when it runs nothing, `at`.
[[nodiscard]] std::size_t next_program(const std::vector<Word>& words, std::size_t at);

/// Past all wrappers; words.size() when there is no word.
[[nodiscard]] std::uint32_t find_program(const std::vector<Word>& words);

/// Programs whose arguments matter to the parser itself.
enum class Interpreter : std::uint8_t { kNone, kShell, kSu, kEval, kSet };
[[nodiscard]] Interpreter interpreter(std::string_view name);

}  // namespace plimsoll::shell
