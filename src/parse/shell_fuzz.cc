#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "core/limits.h"
#include "parse/shell.h"

namespace {

using namespace plimsoll;

void check(std::string_view text, Span span, std::string_view raw) {
  if (span.begin > span.end || span.end > text.size()) PL_BUG("span outside the text");
  if (text.substr(span.begin, span.size()) != raw) PL_BUG("raw is not the bytes of the span");
}

void check(std::string_view text, const shell::Command& command) {
  const Span whole = command.span;
  check(text, whole, text.substr(whole.begin, whole.size()));
  for (const shell::Word& word : command.words) {
    check(text, word.span, word.raw);
    if (!whole.contains(word.span)) PL_BUG("word outside its command");
  }
  for (const shell::Assignment& assignment : command.environment) {
    check(text, assignment.value.span, assignment.value.raw);
    if (!whole.contains(assignment.span)) PL_BUG("assignment outside its command");
  }
  for (const shell::Redirect& redirect : command.redirects) {
    check(text, redirect.target.span, redirect.target.raw);
    if (!whole.contains(redirect.span)) PL_BUG("redirection outside its command");
  }
  if (command.words.empty() && command.environment.empty() && command.redirects.empty()) {
    PL_BUG("empty command");
  }
  if (command.program > command.words.size()) PL_BUG("program outside the words");
  if (command.program == command.words.size() && command.program != 0) PL_BUG("no program");
  (void)command.name();
  (void)command.subcommand();
  (void)command.has_flag("-c");
  (void)command.wrapped_by("sudo");
}

/// The bytes of a command, parsed alone, are that command.
void check_alone(std::string_view text, const shell::Command& command) {
  const std::string_view bytes = text.substr(command.span.begin, command.span.size());
  const shell::Script alone = shell::parse(bytes);
  if (!alone.understood || alone.commands.empty()) PL_BUG("a command is not understood alone");
  const shell::Command& again = alone.commands.front();
  const bool same = again.words.size() == command.words.size() &&
                    again.environment.size() == command.environment.size() &&
                    again.redirects.size() == command.redirects.size() &&
                    again.program == command.program;
  if (!same) PL_BUG("a command is another one when alone");
  for (std::size_t i = 0; i < again.words.size(); ++i) {
    if (again.words[i].value != command.words[i].value) PL_BUG("a word changes when alone");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const shell::Script script = shell::parse(text);
  if (script.commands.size() > limits::kShellCommands) PL_BUG("too many commands");
  for (const shell::Command& command : script.commands) check(text, command);
  const bool sorted =
      std::is_sorted(script.commands.begin(), script.commands.end(),
                     [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  if (!sorted) PL_BUG("commands out of order");
  const std::string dumped = shell::dump(script);
  if (dumped != shell::dump(shell::parse(text))) PL_BUG("not deterministic");
  if (!script.understood || script.truncated) return 0;
  // Commands of strings and backticks may have lost escapes on the way.
  constexpr std::size_t kReparsed = 50;
  for (std::size_t i = 0; i < std::min(kReparsed, script.commands.size()); ++i) {
    const shell::Command& command = script.commands[i];
    if (!command.nested && !command.in_substitution) check_alone(text, command);
  }
  return 0;
}
