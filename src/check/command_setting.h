#pragma once

#include <string_view>

#include "check/word_list.h"
#include "parse/dockerfile.h"
#include "parse/shell.h"

/// Switches and settings on command lines and in what command lines write into files.
namespace plimsoll::check {

/// The first argument that is one of the blank-separated flags, alone or with =value; null when
/// none is.
[[nodiscard]] const shell::Word* find_flag(const shell::Command& command, const WordList& flags);

/// The argument that says "name=value", also at the end of something longer (--setopt=*.name=0,
/// -oA::B::name=false), where value means yes (no, when `value` is false). Null when none does.
[[nodiscard]] const shell::Word* find_setting(const shell::Command& command, std::string_view name,
                                              bool value);

/// `text`, which goes into a file, says "name=0", "name = false" or "name "false";" somewhere.
[[nodiscard]] bool says_setting(std::string_view text, std::string_view name, bool value);

/// The words that a command writes into a file: of echo and printf with a redirection, and what
/// sed puts in place. Calls visit(word, text).
template <class Visit>
void for_each_written_text(const shell::Command& command, Visit visit) {
  const std::string_view name = command.name();
  if (name == "sed") {
    for (const shell::Word& word : command) {
      // Of s/before/after/ only what comes after.
      if (word.value.size() < 4 || (word.value[0] != 's' && word.value[0] != '$')) continue;
      if (word.value[0] == '$') {
        visit(word, word.value);
        continue;
      }
      const std::size_t middle = word.value.find(word.value[1], 2);
      if (middle != std::string_view::npos) visit(word, word.value.substr(middle + 1));
    }
    return;
  }
  if (name != "echo" && name != "printf") return;
  if (command.redirects.empty()) return;
  for (const shell::Word& word : command) visit(word, word.value);
}

}  // namespace plimsoll::check
