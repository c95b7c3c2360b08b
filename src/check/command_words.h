#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "workload/workload.h"

namespace plimsoll::check {

/// The words of entrypoint and command; those of shell strings too, without their quotes. Views
/// into `workload`.
[[nodiscard]] std::vector<std::string_view> command_words(const Workload& workload);

/// Looking a word up reads the whole command, so a rule does it for so many words and no more.
inline constexpr std::size_t kMostReportedWords = 16;

/// Where `word` stands in the command. When it is not found there as a whole word: the command, or
/// what names the workload.
[[nodiscard]] Place place_of_word(const Workload& workload, std::string_view word);

/// Whether `text` stands in the file as it is, and did not come out of a variable.
[[nodiscard]] bool is_written_at(const Place& place, std::string_view text);

}  // namespace plimsoll::check
