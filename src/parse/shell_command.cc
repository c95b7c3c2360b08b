#include "core/ascii.h"
#include "parse/shell.h"
#include "parse/shell_wrapper.h"

namespace plimsoll::shell {

void Command::find_base() {
  base = program < words.size() ? base_name(words[program].value) : std::string_view{};
}

const Word* Command::args_begin() const {
  return program < words.size() ? words.data() + program + 1 : end();
}

std::string_view Command::subcommand() const {
  for (const Word& arg : *this) {
    if (!arg.value.starts_with('-')) return arg.value;
  }
  return {};
}

bool Command::has_flag(std::string_view flag) const {
  const bool is_letter = flag.size() == 2 && flag[0] == '-' && flag[1] != '-';
  for (const Word& arg : *this) {
    const std::string_view value = arg.value;
    if (value == flag) return true;
    if (value == "--") return false;  // only operands from here on
    if (value.size() > flag.size() && value.starts_with(flag) && value[flag.size()] == '=') {
      return true;
    }
    if (!is_letter || !value.starts_with('-')) continue;
    for (std::size_t i = 1; i < value.size() && ascii::is_alpha(value[i]); ++i) {
      if (value[i] == flag[1]) return true;
    }
  }
  return false;
}

bool Command::wrapped_by(std::string_view wrapper) const {
  for (std::size_t at = 0; at < program;) {
    if (base_name(words[at].value) == wrapper) return true;
    const std::size_t next = next_program(words, at);
    if (next == at) break;
    at = next;
  }
  return false;
}

}  // namespace plimsoll::shell
