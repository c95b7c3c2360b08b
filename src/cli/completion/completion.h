#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/page/page.h"

/// Scripts that complete a command line on Tab: commands, options, the words a value may be, files.
/// They hold all words themselves, so that Tab starts no process.
namespace plimsoll::cli::completion {

[[nodiscard]] std::string bash(const CLI::App& program);
[[nodiscard]] std::string zsh(const CLI::App& program);
[[nodiscard]] std::string fish(const CLI::App& program);

/// The command that is meant when none is named.
inline constexpr std::string_view kDefaultCommand = "audit";

/// The pages of all commands.
[[nodiscard]] std::vector<page::Page> command_pages(const CLI::App& program);
/// The command's own name: "audit" of "plimsoll audit".
[[nodiscard]] std::string_view word_of(const page::Page& page);
/// The page's last argument: nullptr when it takes none.
[[nodiscard]] const page::Entry* argument_of(const page::Page& page);
/// For the name of a shell function: "audit_fail_on", "rules_argument".
[[nodiscard]] std::string identifier(const page::Page& page, const page::Entry& entry);
/// In single quotes; `quote` is how the shell writes a quote between them: '\'' or \'.
[[nodiscard]] std::string quoted(std::string_view text, std::string_view quote);
/// A description in one line, without the marks of typed text.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace plimsoll::cli::completion
