#include "parse/shell.h"

#include <algorithm>
#include <limits>

#include "core/ascii.h"
#include "parse/shell_parser.h"
#include "parse/shell_wrapper.h"

namespace plimsoll::shell {
namespace {

/// Commands in RUN instructions average 40 to 50 bytes; a little room saves the moves.
constexpr std::size_t kBytesPerCommand = 32;
constexpr std::size_t kMaxReserve = 256;

std::string_view next_blank_separated(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  text.remove_prefix(begin);
  const std::size_t size = std::min(text.find_first_of(" \t\r"), text.size());
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(size);
  return word;
}

/// The program a "#!" line names, past env and its options and assignments.
std::string_view shebang_program(std::string_view text) {
  std::string_view line = text.substr(2, text.find('\n') - 2);
  std::string_view program = next_blank_separated(line);
  if (base_name(program) != "env") return program;
  do {
    program = next_blank_separated(line);
  } while (program.starts_with('-') || ascii::contains(program, "="));
  return program;
}

}  // namespace

Dialect dialect_of(std::string_view program) {
  if (const auto at = program.find_last_of("/\\"); at != std::string_view::npos) {
    program.remove_prefix(at + 1);
  }
  static constexpr std::string_view kExe = ".exe";
  if (program.size() > kExe.size() &&
      ascii::iequals(program.substr(program.size() - kExe.size()), kExe)) {
    program.remove_suffix(kExe.size());
  }
  for (const std::string_view name : {"sh", "ash", "dash", "busybox"}) {
    if (program == name) return Dialect::kPosix;
  }
  for (const std::string_view name : {"bash", "rbash", "zsh", "ksh", "ksh93", "mksh", "pdksh"}) {
    if (program == name) return Dialect::kBash;
  }
  return Dialect::kUnknown;
}

Script parse(std::string_view text, Dialect dialect) {
  Script script;
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    script.truncated = true;
    return script;
  }
  if (text.starts_with("#!")) dialect = dialect_of(shebang_program(text));
  if (dialect == Dialect::kUnknown) {
    script.understood = false;
    return script;
  }
  script.commands.reserve(std::min(text.size() / kBytesPerCommand + 1, kMaxReserve));
  Parser(text, script).run();
  return script;
}

}  // namespace plimsoll::shell
