#include "check/init_process.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/package_manager.h"
#include "check/remedy.h"
#include "core/ascii.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check {
namespace {

using dockerfile::Keyword;
using Reason = tl::unexpected<std::string>;

/// How a family of images comes by tini.
struct InitPackage {
  PackageTool tool;
  std::string_view path;
  std::string_view install;
};

std::optional<InitPackage> init_package(ImageFamily family) {
  switch (family) {
    case ImageFamily::kAlpine:
      return InitPackage{PackageTool::kApk, "/sbin/tini", "apk add --no-cache tini"};
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu:
      return InitPackage{PackageTool::kApt, "/usr/bin/tini",
                         "apt-get update && apt-get install -y --no-install-recommends tini && "
                         "rm -rf /var/lib/apt/lists/*"};
    default: return std::nullopt;
  }
}

bool sets_user(const dockerfile::Instruction& instruction) {
  return instruction.keyword == Keyword::kUser;
}

/// The stage starts as root: nobody above it says USER.
bool starts_as_root(const DockerfileView& view, const ImageReference& base) {
  if (default_user(base) != "root") return false;
  return std::all_of(view.lineage.begin(), view.lineage.end(), [&](const auto* stage) {
    const auto instructions = view.file.of(*stage);
    return stage == view.target ||
           std::none_of(instructions.begin(), instructions.end(), sets_user);
  });
}

/// The last package of a list that stays installed; null when it is no such command.
const shell::Word* last_package(const dockerfile::Dockerfile& file,
                                const dockerfile::Instruction& run, const shell::Command& command,
                                PackageTool tool) {
  PackageCommand package = read_package_command(command);
  if (!package || package.tool() != tool ||
      package.verb != (tool == PackageTool::kApk ? "add" : "install")) {
    return nullptr;
  }
  // What is installed for the build only goes again.
  if (tool == PackageTool::kApk && package.has_any_flag("-t --virtual")) return nullptr;
  if (command.depth > 0 || command.in_condition || command.connector == shell::Connector::kOr) {
    return nullptr;
  }
  const shell::Word* last = nullptr;
  while (const shell::Word* word = package.operands.next()) last = word;
  if (last == nullptr || !dockerfile::is_editable(file, run, command, *last)) return nullptr;
  return last;
}

/// "tini" behind a package, on a line of its own where the packages have theirs.
Edit add_to_list(const dockerfile::Dockerfile& file, const dockerfile::Instruction& run,
                 const shell::Word& package) {
  const Span word = run.source(package.span);
  const Span line = file.source->line_span(file.source->line_index(word.begin));
  const std::string_view before = file.source->slice({line.begin, word.begin});
  if (!ascii::trim(before).empty() || before.empty()) return {{word.end, word.end}, " tini"};
  return {{word.end, word.end},
          std::string(" ") + file.escape + std::string(dockerfile::line_end(file)) +
              std::string(before) + "tini"};
}

bool installs_tini(const dockerfile::Instruction& run) {
  return std::any_of(run.script.commands.begin(), run.script.commands.end(),
                     [](const shell::Command& command) {
                       PackageCommand package = read_package_command(command);
                       if (!package || !package.installs()) return false;
                       while (const shell::Word* word = package.operands.next()) {
                         if (word->value == "tini" || word->value.starts_with("tini=")) return true;
                       }
                       return false;
                     });
}

/// Nothing when it is installed already.
std::optional<Edit> install(const DockerfileView& view, const InitPackage& package) {
  const auto instructions = view.file.of(*view.target);
  std::optional<Edit> edit;
  for (const dockerfile::Instruction& instruction : instructions) {
    if (instruction.keyword != Keyword::kRun || !instruction.script.understood) continue;
    if (installs_tini(instruction)) return std::nullopt;
  }
  for (const dockerfile::Instruction& instruction : instructions) {
    if (sets_user(instruction)) break;
    if (instruction.keyword != Keyword::kRun || !instruction.script.understood) continue;
    for (const shell::Command& command : instruction.script.commands) {
      const shell::Word* last = last_package(view.file, instruction, command, package.tool);
      if (last != nullptr) return add_to_list(view.file, instruction, *last);
    }
  }
  const std::string run = dockerfile::spelled(view.file, Keyword::kRun);
  return dockerfile::insert_after(view.file, instructions.front(),
                                  {run + ' ' + std::string(package.install)});
}

dockerfile::Edits init_edits(const DockerfileView& view, const dockerfile::Instruction& process) {
  if (!process.exec_form || process.words.empty()) return Reason("it is started by a shell");
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || !base->reference) return Reason("what the base image brings is not known");
  const auto package = init_package(family_of(*base->reference));
  if (!package || has_shell(*base->reference) != std::optional<bool>(true)) {
    return Reason("the base image has no package of tini that we know");
  }
  if (!starts_as_root(view, *base->reference)) {
    return Reason("nothing can be installed, as its base image does not run as root");
  }
  std::vector<Edit> edits;
  if (auto edit = install(view, *package)) edits.push_back(*std::move(edit));
  const std::uint32_t at = process.words.front().span.begin;
  edits.push_back({{at, at}, '"' + std::string(package->path) + "\", \"--\", "});
  return edits;
}

/// Runs in the shell itself, so that nothing can take the shell's place.
bool is_builtin(std::string_view name) {
  constexpr std::string_view kBuiltins[] = {".",    ":",      "[",     "cd",   "echo",   "eval",
                                            "exit", "export", "false", "kill", "printf", "read",
                                            "set",  "source", "test",  "trap", "true",   "wait"};
  return name.empty() ||
         std::find(std::begin(kBuiltins), std::end(kBuiltins), name) != std::end(kBuiltins);
}

bool can_be_given_init(const Workload* workload) {
  return workload->has(Workload::Setting::kInit) && !workload->init.is_set() &&
         workload->init.is_known();
}

/// In every container that runs it.
spelling::Edits give_init(const std::vector<const Workload*>& workloads) {
  spelling::Edits all = std::vector<Edit>{};
  for (const Workload* workload : workloads) {
    const auto edits = spelling::set(*workload, spelling::Attribute::kInit, "true");
    if (!edits) return edits;
    all->insert(all->end(), edits->begin(), edits->end());
  }
  return all;
}

}  // namespace

void start_through_init(Finding& finding, const DockerfileView& view,
                        const dockerfile::Instruction& process) {
  if (!view.workloads.empty() &&
      std::all_of(view.workloads.begin(), view.workloads.end(), can_be_given_init)) {
    // The engine brings one, so the image needs none.
    remedy(finding, "start an init in the containers that run it", give_init(view.workloads),
           FixSafety::kSafe);
    return;
  }
  remedy(finding, "start it through tini", init_edits(view, process), FixSafety::kUnsafe);
  // One package more in a list without versions, one RUN more above another.
  if (finding.fix) finding.fix->reveals = "package-version-unpinned consecutive-runs";
}

void give_way_to_last(Finding& finding, const DockerfileView& view,
                      const dockerfile::Instruction& process) {
  const shell::Command& last = process.script.commands.back();
  // The first of an exec form is its `sh -c`.
  const std::size_t depth = process.script.commands[process.exec_form ? 1 : 0].depth;
  using shell::Connector;
  const bool plain = last.depth == depth && !last.in_condition && !last.in_substitution &&
                     last.environment.empty() && last.program == 0 && !is_builtin(last.name()) &&
                     (last.connector == Connector::kAnd || last.connector == Connector::kSequence);
  const std::string_view end = ascii::trim(process.script_text.text.substr(
      std::min<std::size_t>(last.span.end, process.script_text.text.size())));
  const bool is_last = end.find_first_not_of("'; ") == end.npos;
  const Span word = last.words.empty() ? Span{} : process.source(last.words.front().span);
  if (!plain || !is_last || view.file.source->slice(word) != last.words.front().raw) {
    finding.unfixed = "which program stays is not certain";
    return;
  }
  finding.fix = Fix{.title = "let '" + std::string(last.name()) + "' take the shell's place",
                    .edits = {{{word.begin, word.begin}, "exec "}},
                    .safety = FixSafety::kUnsafe};
}

}  // namespace plimsoll::check
