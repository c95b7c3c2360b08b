#include <string>

#include "cli/completion/completion.h"
#include "core/ascii.h"

namespace plimsoll::cli::completion {
namespace {

constexpr std::string_view kHead = R"sh(# fish completion for plimsoll. Load it with
#   plimsoll completion fish | source
# or keep it as ~/.config/fish/completions/plimsoll.fish.

)sh";

/// fish knows two escapes between single quotes: \' and \\.
std::string quote(std::string_view text) {
  std::string doubled;
  for (const char c : plain(text)) {
    if (c == '\\') doubled += '\\';
    doubled += c;
  }
  return quoted(doubled, "\\'");
}

std::string function_name(const page::Page& page, const page::Entry& entry) {
  return "__plimsoll_" + identifier(page, entry);
}

/// One word and its description a line, as `complete -a '(…)'` reads it.
void add_words(std::string& out, const page::Page& page, const page::Entry& entry) {
  if (entry.values.words.empty()) return;
  out += "function " + function_name(page, entry) + "\n";
  for (const Word& word : entry.values.words) {
    out += "    printf '%s\\t%s\\n' " + quote(word.text) + ' ' + quote(word.title) + '\n';
  }
  out += "end\n\n";
}

/// Options that give the value's candidates.
std::string action(const page::Page& page, const page::Entry& entry) {
  if (entry.values.words.empty()) return entry.values.files ? " -F" : " -f";
  const std::string function = function_name(page, entry);
  const std::string call = entry.values.list ? "__fish_complete_list , " + function : function;
  return " -f -a '(" + call + ")'";
}

void add_option(std::string& out, const std::string& start, const page::Page& page,
                const page::Entry& option) {
  out += start;
  for (const std::string& name : option.names) {
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.type_name.empty()) out += " -r" + action(page, option);
  out += " -d " + quote(option.text) + '\n';
}

void add_page(std::string& out, const page::Page& page) {
  for (const page::Entry& option : page.options) add_words(out, page, option);
  const page::Entry* argument = argument_of(page);
  if (argument != nullptr) add_words(out, page, *argument);
  const std::string start =
      "complete -c plimsoll -n '__plimsoll_is " + std::string(word_of(page)) + '\'';
  for (const page::Entry& option : page.options) add_option(out, start, page, option);
  if (argument == nullptr || !argument->values.files) {
    out += start + " -f";
    if (argument != nullptr && !argument->values.words.empty()) {
      out += " -a '(" + function_name(page, *argument) + ")'";
    }
    out += '\n';
  }
  out += '\n';
}

/// Without a command, the default command's options and files are meant.
void add_conditions(std::string& out, const std::vector<page::Page>& pages) {
  std::string words;
  for (const page::Page& page : pages) words += ' ' + std::string(word_of(page));
  out +=
      "function __plimsoll_is\n    set -l words (commandline -opc)\n"
      "    set -l command " +
      std::string(kDefaultCommand) + "\n    if contains -- \"$words[2]\"" + words +
      "\n        set command $words[2]\n    end\n    test $command = $argv[1]\nend\n\n"
      "function __plimsoll_is_first\n    test (count (commandline -opc)) -eq 1\nend\n\n";
}

}  // namespace

std::string fish(const CLI::App& program) {
  const page::Page root = page::page_of(program);
  const std::vector<page::Page> pages = command_pages(program);
  std::string out(kHead);
  add_conditions(out, pages);
  const std::string first = "complete -c plimsoll -n __plimsoll_is_first";
  for (const page::Page& page : pages) {
    out += first + " -a " + std::string(word_of(page)) + " -d " + quote(page.title) + '\n';
  }
  for (const page::Entry& option : root.options) {
    if (option.names.back() == "--help") continue;  // the default command has it
    add_option(out, first, root, option);
  }
  out += '\n';
  for (const page::Page& page : pages) add_page(out, page);
  return out;
}

}  // namespace plimsoll::cli::completion
