// Needs bash alone, not the package bash-completion.

#include <string>

#include "cli/completion/completion.h"

namespace plimsoll::cli::completion {
namespace {

constexpr std::string_view kHead = R"sh(# bash completion for plimsoll. Load it with
#   source <(plimsoll completion bash)
# or keep it as a file in /usr/share/bash-completion/completions/plimsoll.

_plimsoll_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

# The last item of a list: what stands before its comma stays.
_plimsoll_list() {
  local done=
  case $cur in *,*) done=${cur%,*}, ;; esac
  COMPREPLY=($(compgen -P "$done" -W "$1" -- "${cur##*,}"))
}

_plimsoll_files() {
  compopt -o default 2>/dev/null
  COMPREPLY=()
}

_plimsoll() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command= known=
  COMPREPLY=()
  # bash parts --option=value into three words.
  if [ "$cur" = = ]; then
    cur=
  elif [ "$prev" = = ] && ((COMP_CWORD > 2)); then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)sh";

std::string join(const std::vector<Word>& words) {
  std::string out;
  for (const Word& word : words) {
    if (!out.empty()) out += ' ';
    out += word.text;
  }
  return out;
}

std::string names_of(const std::vector<page::Entry>& entries) {
  std::string out;
  for (const page::Entry& entry : entries) {
    for (const std::string& name : entry.names) {
      if (!out.empty()) out += ' ';
      out += name;
    }
  }
  return out;
}

/// What completes one value. Nothing known: no file names either.
std::string action(const Values& values) {
  if (values.words.empty()) return values.files ? "_plimsoll_files" : ":";
  return (values.list ? "_plimsoll_list " : "_plimsoll_words ") + quoted(join(values.words), "");
}

void add_values(std::string& out, const page::Page& page) {
  for (const page::Entry& option : page.options) {
    if (option.type_name.empty()) continue;
    out += "    ";
    for (std::size_t i = 0; i < option.names.size(); ++i) {
      if (i > 0) out += " | ";
      out += '\'' + std::string(word_of(page)) + ' ' + option.names[i] + '\'';
    }
    out += ") " + action(option.values) + "; return ;;\n";
  }
}

}  // namespace

std::string bash(const CLI::App& program) {
  const page::Page root = page::page_of(program);
  const std::vector<page::Page> pages = command_pages(program);
  std::string commands;
  for (const page::Page& page : pages) {
    commands += (commands.empty() ? "" : "|") + std::string(word_of(page));
  }
  std::string out(kHead);
  out += "  if ((COMP_CWORD > 1)); then\n    case ${COMP_WORDS[1]} in\n      " + commands +
         ") command=${COMP_WORDS[1]} known=1 ;;\n    esac\n  fi\n"
         "  # Without a command, plimsoll means " +
         std::string(kDefaultCommand) + ".\n  command=${command:-" + std::string(kDefaultCommand) +
         "}\n  case \"$command $prev\" in\n";
  for (const page::Page& page : pages) add_values(out, page);
  out += "  esac\n  case $cur in\n    -*)\n      case $command in\n";
  for (const page::Page& page : pages) {
    const std::string word(word_of(page));
    // Before a command is named, plimsoll's own options are meant as well.
    const std::string own =
        word == kDefaultCommand ? "${known:-" + names_of(root.options) + "}" : "";
    out += "        " + word + ") _plimsoll_words \"" + names_of(page.options) +
           (own.empty() ? "" : " " + own) + "\" ;;\n";
  }
  out +=
      "      esac\n      return\n      ;;\n  esac\n"
      "  if [ -z \"$known\" ] && ((COMP_CWORD == 1)); then\n    _plimsoll_words " +
      quoted(names_of(root.commands), "") +
      "\n    [ \"${#COMPREPLY[@]}\" -gt 0 ] || _plimsoll_files\n    return\n  fi\n"
      "  case $command in\n";
  for (const page::Page& page : pages) {
    const page::Entry* argument = argument_of(page);
    if (argument == nullptr) continue;
    out += "    " + std::string(word_of(page)) + ") " + action(argument->values) + " ;;\n";
  }
  return out + "  esac\n}\n\ncomplete -F _plimsoll plimsoll\n";
}

}  // namespace plimsoll::cli::completion
