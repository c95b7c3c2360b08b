#include "check/same_run_purge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/word_list.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// What calls a compiler without naming it.
constexpr WordList kBuilders =
    "make gmake cmake gcc g++ cc c++ clang ld configure autoconf autoreconf automake meson ninja "
    "pip pip3 python python3 poetry pipenv uv npm npx yarn pnpm node-gyp gem bundle cargo rustc go "
    "docker-php-ext-install docker-php-ext-configure pecl phpize luarocks cpan cpanm R Rscript "
    "mvn gradle";

constexpr WordList kShells = "sh bash ash dash zsh fish gotty ttyd tmux screen";

bool uses(const shell::Command& command, std::string_view program, ToolKind kind) {
  const std::string_view name = command.name();
  return name == program || (kind == ToolKind::kCompiler && has_word(kBuilders, name));
}

bool uses(const Instruction& run, std::string_view program, ToolKind kind) {
  return std::any_of(run.script.commands.begin(), run.script.commands.end(),
                     [&](const shell::Command& command) { return uses(command, program, kind); });
}

/// As a word of its own: in the string of another program, too.
bool names(std::string_view text, std::string_view program) {
  for (std::size_t at = text.find(program); at != std::string_view::npos;
       at = text.find(program, at + 1)) {
    const std::size_t end = at + program.size();
    const auto joins = [](char c) { return ascii::is_name(c) || c == '-'; };
    if ((at == 0 || !joins(text[at - 1])) && (end == text.size() || !joins(text[end]))) return true;
  }
  return false;
}

/// A script of the project, which we do not see.
bool is_script(std::string_view program) {
  return program.ends_with(".sh") || ascii::contains(program, "entrypoint") ||
         program.starts_with("./");
}

/// A file of the project is put there under this name.
bool is_copied(const DockerfileView& view, std::string_view name) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& copy : view.file.of(*stage)) {
      if (copy.keyword != Keyword::kCopy && copy.keyword != Keyword::kAdd) continue;
      if (copy.flag("from") != nullptr) continue;
      for (const dockerfile::Word& word : copy.words) {
        if (path::name(word.value) == name) return true;
      }
    }
  }
  return false;
}

/// Who else may use it; "" when nobody does.
std::string other_user(const DockerfileView& view, const Instruction& run, std::string_view program,
                       ToolKind kind) {
  bool starts = false;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& each : view.file.of(*stage)) {
      const bool process = each.keyword == Keyword::kCmd || each.keyword == Keyword::kEntrypoint;
      if (process && !each.args.text.empty()) {
        starts = true;
        if (each.script.commands.empty()) return "what it starts is not known";
        for (const shell::Command& command : each.script.commands) {
          const std::string_view name = command.name();
          if (has_word(kShells, name) && !command.has_flag("-c")) {
            return "it starts a shell for a person";
          }
          if (is_script(name) || is_copied(view, name)) {
            return "whether '" + std::string(name) + "' calls it is not known";
          }
        }
      }
      if ((process || each.keyword == Keyword::kHealthcheck) && names(each.args.text, program)) {
        return "the image calls it when it runs";
      }
      const Instruction& other = each.inner != nullptr ? *each.inner : each;
      if (other.keyword != Keyword::kRun || &other == &run) continue;
      if (!other.script.understood) return "another RUN is not understood";
      if (uses(other, program, kind) || names(other.script_text.text, program)) {
        return "another RUN names it as well";
      }
      for (const shell::Command& command : other.script.commands) {
        if (other.span.begin > run.span.begin && is_script(command.name())) {
          return "whether '" + std::string(command.name()) + "' calls it is not known";
        }
      }
    }
  }
  return starts ? std::string() : "whoever builds upon the image may use it";
}

/// The base has none of its own, which the removal would only hide.
bool is_bare(const StageBase* base) {
  if (base == nullptr || base->facts == nullptr || !base->reference) return false;
  return base->facts->kind == ImageKind::kOs || is_minimal(*base->reference);
}

std::string removal(PackageTool tool, std::string_view package) {
  const std::string name(package);
  switch (tool) {
    case PackageTool::kApt: return "apt-get purge -y --auto-remove " + name;
    case PackageTool::kApk: return "apk del --no-network " + name;
    case PackageTool::kYum: return "yum remove -y " + name;
    case PackageTool::kDnf: return "dnf remove -y " + name;
    case PackageTool::kMicrodnf: return "microdnf remove -y " + name;
    default: return {};
  }
}

/// How the packages came into the RUN.
struct Installation {
  std::optional<PackageTool> tool;  ///< nothing when they came by several
  bool recommended = true;          ///< with what they recommend
  bool certificates = false;        ///< ca-certificates is installed for itself
};
Installation read_installation(const Instruction& run,
                               const std::vector<const shell::Word*>& words) {
  Installation read;
  std::size_t found = 0;
  for (const shell::Command& command : run.script.commands) {
    const PackageCommand install = read_package_command(command);
    if (!install || !install.installs()) continue;
    for (const shell::Word& word : command) {
      if (std::find(words.begin(), words.end(), &word) != words.end()) {
        if (read.tool && *read.tool != install.tool()) return {};
        read.tool = install.tool();
        ++found;
      }
      if (word.value == "--no-install-recommends") read.recommended = false;
      if (word.value == "ca-certificates") read.certificates = true;
    }
  }
  if (found != words.size()) read.tool.reset();
  return read;
}

/// `rm -rf /var/lib/apt/lists/*` behind all that uses the programs; null when there is none that
/// something can be written in front of.
const shell::Command* cleaning(const Instruction& run, const std::vector<const shell::Word*>& words,
                               ToolKind kind) {
  const shell::Command* found = nullptr;
  for (const shell::Command& command : run.script.commands) {
    const bool used = std::any_of(words.begin(), words.end(), [&](const shell::Word* word) {
      return uses(command, program_of_package(name_of_package(*word)), kind);
    });
    const PackageCommand read = read_package_command(command);
    if (used || (read && read.installs())) found = nullptr;
    if (found != nullptr || command.name() != "rm" || command.depth > 0 || command.nested) continue;
    const bool lists = std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
      return word.value.starts_with("/var/lib/apt/lists");
    });
    const bool follows = command.connector == shell::Connector::kAnd ||
                         command.connector == shell::Connector::kSequence;
    if (lists && follows && command.program == 0 && !run.exec_form) found = &command;
  }
  return found;
}

/// The same way in which the command before `command` is tied to it.
dockerfile::Edits insert_in_front(const dockerfile::Dockerfile& file, const Instruction& run,
                                  const shell::Command& command, const std::string& text) {
  const std::string_view whole = file.source->text();
  const std::uint32_t at = run.source(command.span).begin;
  std::uint32_t begin = at;
  while (begin > 0 && whole[begin - 1] != '\n') --begin;
  const std::string_view lead = whole.substr(begin, at - begin);
  const std::string_view trimmed = ascii::trim(lead);
  const std::string end(dockerfile::line_end(file));
  if (trimmed == "&&") {
    return std::vector<Edit>{{{at, at}, text + ' ' + file.escape + end + std::string(lead)}};
  }
  const bool sequence = command.connector == shell::Connector::kSequence;
  if (trimmed.empty()) {
    return std::vector<Edit>{
        {{at, at}, text + (sequence ? "; " : " && ") + file.escape + end + std::string(lead)}};
  }
  return std::vector<Edit>{{{at, at}, text + (sequence ? "; " : " && ")}};
}

}  // namespace

std::string_view program_of_package(std::string_view package) {
  if (package.starts_with("netcat") || package.starts_with("nmap-ncat")) return "nc";
  if (package.starts_with("openssh")) return "ssh";
  if (package == "iputils-ping" || package == "iputils") return "ping";
  return package.substr(0, package.find('-'));
}

bool is_removed_again(const Instruction& run, std::string_view package) {
  std::vector<std::string_view> installed;
  for (const shell::Command& command : run.script.commands) {
    PackageCommand read = read_package_command(command);
    if (!read) continue;
    if (read.verb == "autoremove") return true;
    if (read.installs()) {
      while (const shell::Word* word = read.operands.next()) installed.push_back(word->value);
    }
    if (!read.removes()) continue;
    bool named = false;
    while (const shell::Word* word = read.operands.next()) {
      named = true;
      const std::string_view name = name_of_package(*word);
      if (name == package || word->expands || word->globs) return true;
      // What was not installed by this name is a group of packages.
      const bool single =
          std::any_of(installed.begin(), installed.end(),
                      [name](std::string_view each) { return each.starts_with(name); });
      if (!single) return true;
    }
    // All that was not marked as needed.
    if (!named) return true;
  }
  return false;
}

bool uses_package(const Instruction& run, std::string_view package, ToolKind kind) {
  return uses(run, program_of_package(package), kind);
}

std::string objection_to_purge(const DockerfileView& view, const Instruction& run,
                               std::string_view package, ToolKind kind) {
  std::string user = other_user(view, run, program_of_package(package), kind);
  if (!user.empty()) return user;
  if (!is_bare(view.target == nullptr ? nullptr : view.base(*view.target))) {
    return "the base image may have it as well";
  }
  return {};
}

void offer_purge(Finding& finding, const DockerfileView& view, const Instruction& run,
                 const std::vector<const shell::Word*>& words, ToolKind kind) {
  const Installation installed = read_installation(run, words);
  std::string names;
  for (const shell::Word* word : words) {
    names += (names.empty() ? "" : " ") + std::string(name_of_package(*word));
  }
  const std::string text = installed.tool ? removal(*installed.tool, names) : std::string();
  if (text.empty()) {
    finding.unfixed = "how its package manager removes it is not certain";
    return;
  }
  const shell::Command* clean = cleaning(run, words, kind);
  auto edits = clean != nullptr ? insert_in_front(view.file, run, *clean, text)
                                : dockerfile::append_command(view.file, run, text);
  if (!edits) {
    finding.unfixed = std::move(edits.error());
    return;
  }
  std::string advice;
  if (kind == ToolKind::kCompiler) {
    advice = "check that what was built finds its libraries: libgomp1 goes with the compiler";
  } else if (*installed.tool == PackageTool::kApt && installed.recommended &&
             !installed.certificates) {
    advice = "install ca-certificates by its name when the program needs it: it goes with '" +
             names + "'";
  }
  finding.fix = Fix{.title = "remove '" + names + "' in the RUN that needs it",
                    .edits = *std::move(edits),
                    .safety = FixSafety::kUnsafe,
                    .advice = std::move(advice)};
}

}  // namespace plimsoll::check
