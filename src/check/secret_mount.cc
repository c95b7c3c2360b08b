#include "check/secret_mount.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parse/dockerfile_edit.h"

namespace plimsoll::check {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// Secrets as variables came with 1.10; "1" is the newest of the line.
bool knows_secret_variables(std::string_view syntax) {
  constexpr std::string_view kFrontend = "docker/dockerfile:1";
  const std::size_t at = syntax.find(kFrontend);
  if (at == std::string_view::npos) return false;
  std::string_view rest = syntax.substr(at + kFrontend.size());
  if (rest.empty() || rest.starts_with("-labs")) return true;
  if (!rest.starts_with('.')) return false;
  rest.remove_prefix(1);
  const std::string_view minor = rest.substr(0, rest.find_first_not_of("0123456789"));
  return minor.size() > 1;
}

/// The line that says which frontend reads the file; an edit without text when it is there.
std::optional<std::vector<Edit>> ask_for_frontend(const dockerfile::Dockerfile& file) {
  for (const dockerfile::Directive& directive : file.directives) {
    if (directive.name != "syntax") continue;
    if (!knows_secret_variables(directive.value)) return std::nullopt;
    return std::vector<Edit>{};
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::uint32_t begin = file.source->text().starts_with(kByteOrderMark) ? 3 : 0;
  return std::vector<Edit>{
      {{begin, begin}, "# syntax=docker/dockerfile:1" + std::string(dockerfile::line_end(file))}};
}

bool has_mount_for(const Instruction& run, const std::string& name) {
  return std::any_of(run.flags.begin(), run.flags.end(), [&name](const dockerfile::Flag& flag) {
    return flag.name == "mount" && ascii::contains(flag.value, "type=secret") &&
           flag.value.ends_with("env=" + name);
  });
}

/// Instructions that see the variable: those after its declaration, in its stage and in those that
/// go on from it.
template <class Visit>
void for_each_after(const DockerfileView& view, const Instruction& declaration, Visit visit) {
  std::vector<bool> sees(view.file.stages.size());
  sees[declaration.stage] = true;
  const Instruction* end = view.file.instructions.data() + view.file.instructions.size();
  for (const Instruction* each = &declaration + 1; each != end; ++each) {
    if (each->stage >= sees.size()) continue;
    if (each->keyword == Keyword::kFrom) {
      const auto parent = view.file.stages[each->stage].parent;
      sees[each->stage] = parent && sees[*parent];
    }
    if (sees[each->stage]) visit(*each);
  }
}

/// Who needs the variable.
struct Uses {
  std::vector<const Instruction*> runs;
  bool at_start = false;               ///< CMD, ENTRYPOINT, HEALTHCHECK
  const Instruction* other = nullptr;  ///< something whose meaning would change
  bool triggers = false;
};

Uses uses_of(const DockerfileView& view, const Instruction& declaration, std::string_view name) {
  Uses uses;
  for_each_after(view, declaration, [&](const Instruction& each) {
    if (each.keyword == Keyword::kRun) {
      if (runs_with(each, name)) uses.runs.push_back(&each);
      return;
    }
    if (!expands_variable(each.args.text, name)) return;
    const bool start = each.keyword == Keyword::kCmd || each.keyword == Keyword::kEntrypoint ||
                       each.keyword == Keyword::kHealthcheck;
    if (start) {
      uses.at_start = true;
    } else if (each.keyword == Keyword::kOnbuild) {
      uses.triggers = true;
    } else {
      uses.other = &each;
    }
  });
  return uses;
}

}  // namespace

bool expands_variable(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    if (rest.size() == name.size() || !ascii::is_name(rest[name.size()])) return true;
  }
  return false;
}

bool runs_with(const Instruction& instruction, std::string_view name) {
  if (instruction.keyword != Keyword::kRun) return false;
  if (expands_variable(instruction.args.text, name)) return true;
  return std::any_of(
      instruction.heredocs.begin(), instruction.heredocs.end(),
      [name](const dockerfile::Heredoc& heredoc) { return expands_variable(heredoc.text, name); });
}

void move_to_mount(Finding& finding, const DockerfileView& view, const Instruction& declaration,
                   const dockerfile::Assignment& variable) {
  const bool argument = declaration.keyword == Keyword::kArg;
  if (declaration.onbuild || declaration.stage >= view.file.stages.size()) {
    finding.unfixed = declaration.onbuild ? "it is the trigger of an ONBUILD"
                                          : "it is declared for all stages, before FROM";
    return;
  }
  const std::string name(variable.name);
  const Uses uses = uses_of(view, declaration, name);
  if (uses.other != nullptr || uses.triggers) {
    finding.unfixed = "an instruction other than RUN makes use of it";
    return;
  }
  if (argument && uses.at_start) {
    finding.unfixed = "the command that starts mentions it";
    return;
  }
  if (uses.runs.empty() && (argument || !view.ships(declaration))) {
    finding.unfixed = "which RUN reads it from its environment is not known";
    return;
  }
  constexpr std::size_t kMostRuns = 100;
  if (uses.runs.size() > kMostRuns) {
    finding.unfixed = "too many RUNs make use of it";
    return;
  }
  auto removal = dockerfile::remove_assignment(view.file, declaration, variable);
  if (!removal) {
    finding.unfixed = std::move(removal.error());
    return;
  }
  std::string id = name;
  std::transform(id.begin(), id.end(), id.begin(), ascii::to_lower);
  std::vector<Edit> edits = *std::move(removal);
  bool mounts = false;
  for (const Instruction* run : uses.runs) {
    if (has_mount_for(*run, name)) continue;
    auto flag =
        dockerfile::add_flag(view.file, *run, "--mount=type=secret,id=" + id + ",env=" + name);
    if (!flag) {
      finding.unfixed = std::move(flag.error());
      return;
    }
    edits.push_back(std::move(flag->front()));
    mounts = true;
  }
  if (mounts) {
    auto frontend = ask_for_frontend(view.file);
    if (!frontend) {
      finding.unfixed = "the syntax that the file asks for is older than secrets as variables";
      return;
    }
    edits.insert(edits.end(), frontend->begin(), frontend->end());
  }
  std::string advice =
      "replace the value of " + name + ": it is in the history of each image built so far";
  if (mounts) advice += "; build with docker build --secret id=" + id + ",src=FILE .";
  if (!argument) advice += "; what reads it at run time gets it there, as by --env-file";
  finding.fix = Fix{.title = mounts ? "mount the secret '" + id + "' where it is needed"
                                    : "take '" + name + "' out of the image",
                    .edits = std::move(edits),
                    .safety = FixSafety::kUnsafe,
                    .advice = std::move(advice)};
}

}  // namespace plimsoll::check
