#include <string>

#include "cli/completion/completion.h"
#include "core/ascii.h"

namespace plimsoll::cli::completion {
namespace {

constexpr std::string_view kHead = R"sh(#compdef plimsoll
# zsh completion for plimsoll. Load it after compinit with
#   source <(plimsoll completion zsh)
# or keep it as a file called _plimsoll in a folder of $fpath.

)sh";

constexpr std::string_view kTail = R"sh(
if [ "$funcstack[1]" = _plimsoll ]; then
  _plimsoll "$@"
else
  compdef _plimsoll plimsoll
fi
)sh";

constexpr std::string_view kQuote = "'\\''";

/// `special` get a backslash: ':' parts a specification, brackets end a description.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : plain(text)) {
    if (ascii::contains(special, std::string_view(&c, 1))) out += '\\';
    out += c;
  }
  return out;
}

/// A shell function for every set of words.
std::string function_name(const page::Page& page, const page::Entry& entry) {
  return "_plimsoll_" + identifier(page, entry);
}

std::string label(const page::Entry& entry) {
  std::string out = entry.type_name;
  if (entry.values.list) out = out.substr(0, out.find(",..."));
  return escaped(out, ":\\[]");
}

void add_words(std::string& out, const page::Page& page, const page::Entry& entry) {
  if (entry.values.words.empty()) return;
  out += function_name(page, entry) + "() {\n  local -a words=(\n";
  for (const Word& word : entry.values.words) {
    const std::string text = escaped(word.text, ":\\");
    out += "    " +
           quoted(word.title.empty() ? text : text + ':' + escaped(word.title, "\\"), kQuote) +
           '\n';
  }
  out += "  )\n  _describe -t values " + quoted(label(entry), kQuote) + " words \"$@\"\n}\n\n";
}

std::string action(const page::Page& page, const page::Entry& entry) {
  if (entry.values.words.empty()) return entry.values.files ? "_files" : " ";
  const std::string function = function_name(page, entry);
  return entry.values.list ? "_sequence -s , " + function : function;
}

/// One specification of _arguments per name; any one of them excludes all, unless it may be again.
void add_option(std::string& out, const page::Page& page, const page::Entry& option) {
  std::string exclusive;
  for (const std::string& name : option.names) {
    exclusive += (exclusive.empty() ? "" : " ") + name;
  }
  for (const std::string& name : option.names) {
    std::string specification = option.many ? "*" : '(' + exclusive + ')';
    specification += name;
    if (!option.type_name.empty()) specification += name.starts_with("--") ? "=" : "+";
    specification += '[' + escaped(option.text, ":\\[]") + ']';
    if (!option.type_name.empty()) {
      specification += ':' + label(option) + ':' + action(page, option);
    }
    out += "    " + quoted(specification, kQuote) + '\n';
  }
}

void add_page(std::string& out, const page::Page& page) {
  for (const page::Entry& option : page.options) add_words(out, page, option);
  const page::Entry* argument = argument_of(page);
  if (argument != nullptr) add_words(out, page, *argument);
  const std::string word(word_of(page));
  out += "_plimsoll_options_" + word + "=(\n";
  for (const page::Entry& option : page.options) add_option(out, page, option);
  out += ")\n\n_plimsoll_" + word + "() {\n  _arguments -s -S $_plimsoll_options_" + word;
  if (argument != nullptr) {
    out += ' ' +
           quoted((argument->many ? "*:" : ":") + label(*argument) + ':' + action(page, *argument),
                  kQuote);
  }
  out += "\n}\n\n";
}

}  // namespace

std::string zsh(const CLI::App& program) {
  const page::Page root = page::page_of(program);
  const std::vector<page::Page> pages = command_pages(program);
  std::string out(kHead);
  for (const page::Page& page : pages) add_page(out, page);
  std::string words;
  out += "_plimsoll_first() {\n  local -a commands=(\n";
  for (const page::Page& page : pages) {
    words += (words.empty() ? "" : "|") + std::string(word_of(page));
    out += "    " + quoted(std::string(word_of(page)) + ':' + escaped(page.title, "\\"), kQuote) +
           '\n';
  }
  out += "  )\n  _describe -t commands command commands\n  _files\n}\n\n";
  // Without a command, the default command's options and files are meant.
  out +=
      "_plimsoll() {\n  local curcontext=$curcontext\n"
      "  if ((CURRENT > 2)) && [[ $words[2] == (" +
      words +
      ") ]]; then\n"
      "    local command=$words[2]\n    words=(\"plimsoll $command\" \"${(@)words[3,-1]}\")\n"
      "    ((CURRENT -= 1))\n    curcontext=\"${curcontext%:*:*}:plimsoll-$command:\"\n"
      "    _plimsoll_$command\n    return\n  fi\n  _arguments -s -S \\\n";
  for (const page::Entry& option : root.options) {
    if (option.names.back() == "--help") continue;  // the default command has it
    out += "    " +
           quoted('(' + option.names.back() + ')' + option.names.back() + '[' +
                      escaped(option.text, ":\\[]") + ']',
                  kQuote) +
           " \\\n";
  }
  out += "    $_plimsoll_options_" + std::string(kDefaultCommand) +
         " '1: :_plimsoll_first' '*:file:_files'\n}\n";
  return out + std::string(kTail);
}

}  // namespace plimsoll::cli::completion
