#include "parse/shell_wrapper.h"

#include <algorithm>

#include "core/ascii.h"
#include "parse/shell_chars.h"

namespace plimsoll::shell {
namespace {

/// A program that runs the program its arguments name. What is not listed takes no value.
struct Wrapper {
  std::string_view name;
  std::string_view valued;       ///< letters of short options with a value
  std::string_view long_valued;  ///< long options with a separate value, each between blanks
  std::size_t operands = 0;      ///< words before the program
  bool assigns = false;          ///< NAME=value may stand before the program
  std::string_view queries;      ///< short options with which it runs nothing; "*": any option
};

// Sources: the manual pages (sudo 1.9, doas 6.8, coreutils 9, findutils 4.9, util-linux 2.38),
// bash's builtins, README of gosu and su-exec.
constexpr Wrapper kWrappers[] = {
    {.name = "sudo",
     .valued = "CDghpRrtTUu",
     .long_valued = " --user --group --host --prompt --chdir --chroot --role --type --close-from"
                    " --command-timeout --other-user ",
     .assigns = true,
     .queries = "lvKkVe"},
    {.name = "doas", .valued = "Cu", .queries = "L"},
    {.name = "env",
     .valued = "uC",
     .long_valued = " --unset --chdir ",
     .assigns = true,
     .queries = "S"},  // -S: one string holds program and arguments
    {.name = "exec", .valued = "a"},
    {.name = "command", .queries = "vV"},
    {.name = "builtin"},
    {.name = "time", .valued = "fo", .long_valued = " --format --output "},
    {.name = "nice", .valued = "n", .long_valued = " --adjustment "},
    {.name = "nohup"},
    {.name = "timeout", .valued = "sk", .long_valued = " --signal --kill-after ", .operands = 1},
    {.name = "xargs",
     .valued = "adEILnPs",
     .long_valued = " --arg-file --delimiter --max-args --max-procs --max-chars"
                    " --process-slot-var "},
    {.name = "gosu", .operands = 1},
    {.name = "su-exec", .operands = 1},
    {.name = "setpriv",
     .long_valued = " --reuid --regid --ruid --euid --rgid --egid --groups --inh-caps"
                    " --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label"
                    " --apparmor-profile ",
     .queries = "d"},
    {.name = "busybox", .queries = "*"},
    {.name = "eatmydata"},
    {.name = "ionice", .valued = "cnpPu", .long_valued = " --class --classdata ", .queries = "pPu"},
    {.name = "stdbuf", .valued = "ioe", .long_valued = " --input --output --error "},
};

/// Linux's PATH_MAX: nothing longer can be run, and every rule asks for names.
constexpr std::size_t kPathMax = 4096;

const Wrapper* find_wrapper(std::string_view name) {
  static constexpr ByteSet kInitials("sdecbtnxgi");
  if (name.empty() || !kInitials.has(name.front())) return nullptr;
  for (const Wrapper& wrapper : kWrappers) {
    if (wrapper.name == name) return &wrapper;
  }
  return nullptr;
}

bool is_assignment(std::string_view text) {
  if (text.empty() || !ascii::is_name_start(text.front())) return false;
  const std::size_t end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), ascii::is_name) - text.begin());
  return end < text.size() && text[end] == '=';
}

bool lists(std::string_view long_options, std::string_view option) {
  const std::size_t at = long_options.find(option);
  return at != std::string_view::npos && long_options[at - 1] == ' ' &&
         long_options[at + option.size()] == ' ';
}

enum class Taken : std::uint8_t { kOption, kOptionAndValue, kQuery };

Taken take_option(const Wrapper& wrapper, std::string_view option) {
  if (wrapper.queries == "*") return Taken::kQuery;
  if (option.starts_with("--")) {
    return lists(wrapper.long_valued, option) ? Taken::kOptionAndValue : Taken::kOption;
  }
  for (std::size_t i = 1; i < option.size(); ++i) {
    if (wrapper.queries.find(option[i]) != std::string_view::npos) return Taken::kQuery;
    if (wrapper.valued.find(option[i]) == std::string_view::npos) continue;
    return i + 1 == option.size() ? Taken::kOptionAndValue : Taken::kOption;
  }
  return Taken::kOption;
}

}  // namespace

std::string_view base_name(std::string_view program) {
  if (program.size() > kPathMax) return program;
  static constexpr ByteSet kClosing("})`");  // what is before it may be inside an expansion
  for (std::size_t at = program.size(); at > 0; --at) {
    if (program[at - 1] == '/') return program.substr(at);
    if (kClosing.has(program[at - 1])) break;
  }
  return program;
}

std::size_t next_program(const std::vector<Word>& words, std::size_t at) {
  const Wrapper* wrapper = find_wrapper(base_name(words[at].value));
  if (wrapper == nullptr) return at;
  bool options = true;
  std::size_t next = at + 1;
  for (; next < words.size(); ++next) {
    const std::string_view value = words[next].value;
    if (options && value == "--") {
      options = false;
    } else if (options && value.starts_with('-')) {
      const Taken taken = take_option(*wrapper, value);
      if (taken == Taken::kQuery) return at;
      if (taken == Taken::kOptionAndValue) ++next;
    } else if (!wrapper->assigns || !is_assignment(value)) {
      break;
    }
  }
  next += wrapper->operands;
  return next < words.size() ? next : at;
}

std::uint32_t find_program(const std::vector<Word>& words) {
  if (words.empty()) return 0;
  std::size_t at = 0;
  for (std::size_t next = next_program(words, at); next != at; next = next_program(words, at)) {
    at = next;
  }
  return static_cast<std::uint32_t>(at);
}

Interpreter interpreter(std::string_view name) {
  if (name == "set") return Interpreter::kSet;
  if (name == "eval") return Interpreter::kEval;
  if (name == "su" || name == "runuser") return Interpreter::kSu;
  // Every shell we know ends so; asking dialect_of() about each command would cost more.
  if (!name.ends_with("sh") && !name.starts_with("ksh")) return Interpreter::kNone;
  return dialect_of(name) == Dialect::kUnknown ? Interpreter::kNone : Interpreter::kShell;
}

}  // namespace plimsoll::shell
