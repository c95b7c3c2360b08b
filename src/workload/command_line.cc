#include "workload/command_line.h"

#include <cstring>
#include <map>

#include "core/ascii.h"
#include "core/path.h"
#include "parse/shell.h"
#include "workload/run/embedded_script.h"
#include "workload/run/makefile_host.h"
#include "workload/run/markdown_host.h"
#include "workload/run/run_line.h"
#include "workload/run/shell_host.h"
#include "workload/run/systemd_host.h"
#include "workload/run/variables.h"

namespace plimsoll::command_line {
namespace {

using run::RunLine;
using run::RunLines;

/// Like memmem(3): tens of times faster than std::string_view::find on text without a match.
bool holds(std::string_view text, std::string_view needle) {
  return ::memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
}

/// Run lines that somebody piped in have neither a name nor a "#!" line.
bool starts_with_engine(std::string_view text) {
  text = ascii::trim(text);
  if (text.starts_with("sudo ")) text = ascii::trim(text.substr(5));
  return text.starts_with("docker ") || text.starts_with("podman ") || text.starts_with("nerdctl ");
}

bool has_shell_shebang(std::string_view text) {
  if (!text.starts_with("#!")) return false;
  const std::string_view line = text.substr(2, text.find('\n') - 2);
  for (const std::string_view word : ascii::split(line, ' ')) {
    const std::string_view program = ascii::trim(word);
    if (shell::dialect_of(program) != shell::Dialect::kUnknown) return true;
  }
  return false;
}

/// `${{ expression }}` is replaced before a shell sees it.
void blank_out_expressions(std::string& text) {
  std::size_t at = 0;
  while ((at = text.find("${{", at)) != std::string::npos) {
    const std::size_t close = text.find("}}", at);
    if (close == std::string::npos) return;
    run::blank_out(text, at, close + 2);
    at = close + 2;
  }
}

/// A container that is created to copy files out of an image never runs.
bool copies_from_container(std::string_view text) {
  return holds(text, "docker cp ") || holds(text, "podman cp ");
}

void add_workloads(const SourceFile& file, std::string_view script, RunLines& lines,
                   std::deque<Workload>& out) {
  std::map<std::string, std::size_t, std::less<>> ids;  // and how often each was given
  const bool copies = copies_from_container(script);
  for (RunLine& line : lines.lines) {
    Workload& workload = line.workload;
    workload.one_shot = workload.one_shot || (line.is_create && copies);
    const std::uint32_t number = file.line_index(workload.place.span.begin) + 1;
    std::string id = file.path() + ':' + std::to_string(number) + '#' + workload.kind;
    if (!workload.name.empty()) id += ' ' + workload.name;
    // Several on one line.
    if (const std::size_t nth = ++ids[id]; nth > 1) id += '@' + std::to_string(nth);
    workload.id = std::move(id);
    out.push_back(std::move(workload));
  }
}

run::EmbeddedScript whole_file(const SourceFile& file) {
  run::EmbeddedScript script;
  script.text = script.original = file.text();
  return script;
}

void read_whole(const SourceFile& file, RunLines& lines) {
  run::Variables variables;
  run::read_shell(file, whole_file(file), variables, lines);
}

}  // namespace

bool read(const SourceFile& file, Host host, std::deque<Workload>& out) {
  RunLines lines;
  switch (host) {
    case Host::kShell:
    case Host::kWorkflow: read_whole(file, lines); break;
    case Host::kMakefile: run::read_makefile(file, lines); break;
    case Host::kMarkdown: run::read_markdown(file, lines); break;
    case Host::kSystemd: run::read_systemd(file, lines); break;
  }
  add_workloads(file, file.text(), lines, out);
  return lines.complete;
}

bool read_script(const SourceFile& file, std::string_view script,
                 const std::vector<std::uint32_t>& line_offsets, std::deque<Workload>& out) {
  run::EmbeddedScript embedded;
  embedded.text = embedded.original = script;
  std::size_t begin = 0;
  for (const std::uint32_t offset : line_offsets) {
    embedded.map.segments.push_back({static_cast<std::uint32_t>(begin), offset});
    const std::size_t end = script.find('\n', begin);
    if (end == std::string_view::npos) break;
    begin = end + 1;
  }
  blank_out_expressions(embedded.text);
  run::Variables variables;
  RunLines lines;
  run::read_shell(file, embedded, variables, lines);
  add_workloads(file, script, lines, out);
  return lines.complete;
}

std::optional<Host> host_of(std::string_view file_name, std::string_view text) {
  const std::string name = ascii::lower(path::name(file_name));
  const std::string_view extension = path::extension(name);
  for (const std::string_view known : {".sh", ".bash", ".zsh", ".ksh"}) {
    if (extension == known) return Host::kShell;
  }
  if (extension == ".md" || extension == ".markdown") return Host::kMarkdown;
  if (extension == ".service") return Host::kSystemd;
  if (extension == ".mk" || name == "makefile" || name == "gnumakefile") return Host::kMakefile;
  if (has_shell_shebang(text)) return Host::kShell;
  if (name == "-" && starts_with_engine(text)) return Host::kShell;
  return std::nullopt;
}

bool may_hold_run_lines(std::string_view file_name, std::string_view text) {
  if (!host_of(file_name, text)) return false;
  if (!holds(text, "run") && !holds(text, "create") && !holds(text, "exec")) return false;
  for (const std::string_view engine :
       {"docker", "podman", "nerdctl", "DOCKER", "PODMAN", "NERDCTL", "ENGINE", "CONTAINER"}) {
    if (holds(text, engine)) return true;
  }
  return false;
}

}  // namespace plimsoll::command_line
