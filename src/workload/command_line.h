#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_file.h"
#include "workload/workload.h"

/// `docker run|create`, `docker container run`, `podman run|create`, `nerdctl run` lines, wherever
/// people write them, → Workloads. `exec` lines too, when they ask for a user or privileges.
/// Source: docs.docker.com/reference/cli/docker/container/run,
/// docs.podman.io/en/latest/markdown/podman-run.1.html.
namespace plimsoll::command_line {

/// What a file is, so that its commands are found.
enum class Host : std::uint8_t {
  kShell,     ///< *.sh, *.bash, a #! line of a shell, or run lines on standard input
  kMakefile,  ///< recipe lines; $(VAR) and $$x are Make's
  kMarkdown,  ///< fenced blocks of sh, bash, shell, console, or none; "$ " and "# " prompts
  kSystemd,   ///< ExecStart= and friends of *.service
  kWorkflow,  ///< one `run:` script of a CI workflow
};

/// Finds every run line of `file` and appends a Workload for each to `out`. Values with shell
/// variables are kUnknown unless assigned a literal earlier in the same script.
/// Places point to the flags' bytes. A line in Markdown that is clearly an option's documentation
/// (holds `…`, `[OPTIONS]` or `<placeholder>` as image) is left out.
/// @return false when a limit of core/limits.h tripped, so that some lines are missing
bool read(const SourceFile& file, Host host, std::deque<Workload>& out);

/// As read(), for a script that is part of a file (a workflow's run step): `script` is the text,
/// `line_offsets` has the file's offset of each of its lines (of the first ones, when there are
/// fewer: the rest is taken to follow without a gap).
bool read_script(const SourceFile& file, std::string_view script,
                 const std::vector<std::uint32_t>& line_offsets, std::deque<Workload>& out);

/// What kind of host a file is, by its name or its "#!" line, or of standard input ("-") because
/// its first word is an engine; nullopt for none. Never kWorkflow.
[[nodiscard]] std::optional<Host> host_of(std::string_view file_name, std::string_view text);
/// True when `name`/first bytes say that the file may hold such lines (used by discovery).
[[nodiscard]] bool may_hold_run_lines(std::string_view file_name, std::string_view text);

}  // namespace plimsoll::command_line
