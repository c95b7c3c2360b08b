#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// The heredocs a logical line opens, bodies not read yet. `names` keeps their delimiters.
/// `line` is the whole instruction with its keyword: BuildKit looks there, so `--x="<<A"` counts.
[[nodiscard]] std::vector<Heredoc> find_heredocs(std::string_view line,
                                                 std::deque<std::string>& names);

/// True when `args` is one heredoc and nothing else, so that its body is what runs.
[[nodiscard]] bool is_only_heredoc(std::string_view args);

}  // namespace plimsoll::dockerfile
