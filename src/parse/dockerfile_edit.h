#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/finding.h"
#include "parse/dockerfile.h"

/// Changes of a Dockerfile as byte splices: nothing is printed anew, so comments, continuations,
/// indentation and line ends stay, and what is added is written as the file writes it. What cannot
/// be edited for certain is refused, with the reason.
namespace plimsoll::dockerfile {

/// The edits, or why there are none: a phrase without full stop.
using Edits = tl::expected<std::vector<Edit>, std::string>;

/// "\r\n" when the first line ends so.
[[nodiscard]] std::string_view line_end(const Dockerfile& file);
/// In lower case when the first instruction is written so.
[[nodiscard]] std::string spelled(const Dockerfile& file, Keyword keyword);

/// Instructions of one line each, above `next` and the comments that belong to it.
[[nodiscard]] Edit insert_before(const Dockerfile& file, const Instruction& next,
                                 const std::vector<std::string>& lines);
/// The same below `previous`.
[[nodiscard]] Edit insert_after(const Dockerfile& file, const Instruction& previous,
                                const std::vector<std::string>& lines);
/// Takes a whole instruction out, with its line end.
[[nodiscard]] Edits remove_instruction(const Dockerfile& file, const Instruction& instruction);
/// Takes NAME=value out; with the last one the instruction goes.
[[nodiscard]] Edits remove_assignment(const Dockerfile& file, const Instruction& instruction,
                                      const Assignment& assignment);
/// "--chown=1:1" after the keyword.
[[nodiscard]] Edits add_flag(const Dockerfile& file, const Instruction& instruction,
                             std::string_view flag);

/// A word of a command, as long as it stands in the file as the shell reads it: not in the string
/// of a `sh -c`, not in a JSON array, not in ONBUILD.
[[nodiscard]] bool is_editable(const Dockerfile& file, const Instruction& run,
                               const shell::Command& command, const shell::Word& word);
/// Words behind one of a command's words: "--no-cache" behind `add`.
[[nodiscard]] Edits insert_words(const Dockerfile& file, const Instruction& run,
                                 const shell::Command& command, const shell::Word& after,
                                 std::string_view words);
/// Takes a word out, with the blanks that held it, or with its line when it stands there alone.
[[nodiscard]] Edits remove_word(const Dockerfile& file, Span word);
/// One more command at the end of RUN's script, which runs when everything before went well.
[[nodiscard]] Edits append_command(const Dockerfile& file, const Instruction& run,
                                   std::string_view command);
/// One RUN of two that follow each other, with `last` (may be empty) as one more command at its
/// end. The comments between them stay. Only where the joined script does what the two did.
[[nodiscard]] Edits join_runs(const Dockerfile& file, const Instruction& first,
                              const Instruction& second, std::string_view last);

}  // namespace plimsoll::dockerfile
