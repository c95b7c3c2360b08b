#pragma once

#include <optional>
#include <string_view>

#include "check/rule.h"

/// What a RUN can know about a variable that it expands without quotes.
namespace plimsoll::check {

/// The name in `$DIR…` or `${DIR}…` at the start of a word; nothing for expansions with a default
/// or an error.
[[nodiscard]] std::optional<std::string_view> leading_variable(std::string_view raw);

enum class BuildValue : std::uint8_t { kNotSeen, kFine, kMayBeEmpty, kSplits };
/// The last thing that the stage says about the variable before `run`. Reads the whole stage.
[[nodiscard]] BuildValue value_in_stage(const DockerfileView& view,
                                        const dockerfile::Instruction& run, std::string_view name);

/// Set by the script, which knows what it sets: `dir=$(mktemp -d)`, `for d in …`, `read d`, or
/// checked by it: `[ -n "$d" ]`, `: "${d:?}"`.
[[nodiscard]] bool script_mentions_elsewhere(const dockerfile::Instruction& run,
                                             const shell::Word& at, std::string_view name);

/// BuildKit or the shell sets it.
[[nodiscard]] bool is_predefined_variable(std::string_view name);

}  // namespace plimsoll::check
