#include "check/chmod_command.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll {
namespace {

bool is_octal(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '7'; });
}

FileMode read_octal(std::string_view mode) {
  unsigned bits = 0;
  for (const char c : mode) bits = bits * 8 + static_cast<unsigned>(c - '0');
  constexpr unsigned kSetuid = 04000;
  constexpr unsigned kSticky = 01000;
  constexpr unsigned kOthersWrite = 02;
  return {.world_writable = (bits & kOthersWrite) != 0 && (bits & kSticky) == 0,
          .setuid = (bits & kSetuid) != 0};
}

bool holds(std::string_view text, char c) {
  return text.find(c) != std::string_view::npos;
}

/// One clause: who, then operators with what they give: "ug+rwx", "o=", "+s".
void read_clause(std::string_view clause, FileMode& mode, bool& sticky) {
  const std::size_t op = clause.find_first_of("+-=");
  if (op == std::string_view::npos) return;
  const std::string_view who = clause.substr(0, op);
  if (who.find_first_not_of("ugoa") != std::string_view::npos || clause[op] == '-') return;
  const std::string_view bits = clause.substr(op + 1, clause.find('-', op + 1) - op - 1);
  if (holds(bits, 't')) sticky = true;
  if (holds(bits, 'w') && (holds(who, 'o') || holds(who, 'a'))) mode.world_writable = true;
  if (holds(bits, 's') && (who.empty() || holds(who, 'u') || holds(who, 'a'))) mode.setuid = true;
}

/// The value of -m or --mode.
const shell::Word* mode_option(const shell::Command& command, std::string_view& mode) {
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view value = word->value;
    if (value.starts_with("--mode=")) {
      mode = value.substr(std::string_view("--mode=").size());
      return word;
    }
    const bool bundle = value.size() >= 2 && value[0] == '-' && value[1] != '-';
    if (!bundle && value != "--mode") continue;
    const std::size_t letter = bundle ? value.find('m') : value.size() - 1;
    if (letter == std::string_view::npos) continue;
    if (letter + 1 < value.size()) {
      mode = value.substr(letter + 1);
      return word;
    }
    if (word + 1 == command.end()) return nullptr;
    mode = word[1].value;
    return word + 1;
  }
  return nullptr;
}

}  // namespace

FileMode read_mode(std::string_view mode) {
  if (is_octal(mode)) return read_octal(mode);
  FileMode result;
  bool sticky = false;
  while (!mode.empty()) {
    const std::size_t comma = mode.find(',');
    read_clause(mode.substr(0, comma), result, sticky);
    if (comma == std::string_view::npos) break;
    mode.remove_prefix(comma + 1);
  }
  if (sticky) result.world_writable = false;
  return result;
}

const shell::Word* mode_word(const shell::Command& command, std::string_view& mode) {
  const std::string_view name = command.name();
  if (name.size() < 5) return nullptr;
  if (name == "install" || name == "mkdir" || name == "mkfifo") return mode_option(command, mode);
  if (name != "chmod") return nullptr;
  for (const shell::Word& word : command) {
    // chmod -R 777 x, but "-w" is a mode that takes away.
    if (word.value.starts_with('-')) continue;
    mode = word.value;
    return &word;
  }
  return nullptr;
}

}  // namespace plimsoll
