#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "parse/shell_parser.h"
#include "parse/shell_wrapper.h"

// Commands that change how the rest is read: `sh -c '…'`, `su -c '…'`, `eval …`, `set -o pipefail`.

namespace plimsoll::shell {
namespace {

bool is_bundle(std::string_view arg) {
  return arg.size() > 1 && arg[0] == '-' && arg[1] != '-';
}

bool holds(std::string_view bundle, char letter) {
  return bundle.substr(1).find(letter) != std::string_view::npos;
}

}  // namespace

/// sh [-abc] [-o OPTION] … -c SCRIPT [ARGUMENT…]
std::optional<Parser::NestedScript> Parser::shell_script(const Word* begin, const Word* end) {
  bool has_script = false;
  bool pipefail = false;
  for (const Word* arg = begin; arg != end; ++arg) {
    const std::string_view value = arg->value;
    const bool option = value.size() > 1 && (value[0] == '-' || value[0] == '+');
    if (!option || value == "--") {
      const Word* script = option ? arg + 1 : arg;
      if (!has_script || script == end) return std::nullopt;
      return NestedScript{script->value, script->span, script->expands, pipefail};
    }
    const bool is_long = value.starts_with("--");
    if (!is_long && value[0] == '-' && holds(value, 'c')) has_script = true;
    const bool valued = is_long ? value == "--rcfile" || value == "--init-file"
                                : holds(value, 'o') || holds(value, 'O');
    if (!valued) continue;
    if (++arg == end) break;
    if (arg->value == "pipefail") pipefail = value[0] == '-';
  }
  return std::nullopt;
}

/// su [OPTION…] [-] [USER] -c SCRIPT, options anywhere.
std::optional<Parser::NestedScript> Parser::su_script(const Word* begin, const Word* end) {
  static constexpr std::string_view kLong = "--command";
  for (const Word* arg = begin; arg != end; ++arg) {
    const std::string_view value = arg->value;
    if (value.starts_with("--command=")) {
      return NestedScript{value.substr(kLong.size() + 1), arg->span, arg->expands};
    }
    const bool next_is_script = value == kLong || (is_bundle(value) && value.ends_with('c'));
    if (next_is_script && arg + 1 != end) {
      return NestedScript{arg[1].value, arg[1].span, arg[1].expands};
    }
  }
  return std::nullopt;
}

void Parser::note_pipefail(std::uint32_t from) {
  if (!muted_) script_.pipefail_from = std::min(script_.pipefail_from, from);
}

/// `set`
void Parser::set_options(const Command& command) {
  for (const Word* arg = command.begin(); arg != command.end(); ++arg) {
    const std::string_view value = arg->value;
    if (value.size() < 2 || (value[0] != '-' && value[0] != '+') || value == "--") return;
    if (!holds(value, 'o') || arg + 1 == command.end()) continue;
    ++arg;
    if (arg->value != "pipefail") continue;
    pipefail_ = value[0] == '-';
    if (pipefail_) note_pipefail(command.span.end);
  }
}

/// `eval` joins its arguments with blanks.
Parser::NestedScript Parser::eval_script(const Word* begin, const Word* end) {
  NestedScript nested{begin->value, {begin->span.begin, end[-1].span.end}};
  std::size_t bytes = 0;
  for (const Word* arg = begin; arg != end; ++arg) {
    bytes += arg->value.size() + 1;
    nested.expands |= arg->expands;
  }
  if (end - begin == 1) return nested;
  std::string& store = room(bytes);
  const std::size_t at = store.size();
  for (const Word* arg = begin; arg != end; ++arg) store.append(arg->value).push_back(' ');
  nested.text = std::string_view(store).substr(at);
  return nested;
}

/// After every command: what it says about the commands to come, and the script it holds.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::run_nested(std::size_t index) {
  const Command& command = script_.commands[index];
  const Word* begin = command.begin();
  const Word* end = command.end();
  if (begin == end || muted_) return;
  std::optional<NestedScript> nested;
  switch (interpreter(command.name())) {
    case Interpreter::kNone: return;
    case Interpreter::kSet: return set_options(command);
    case Interpreter::kEval:  // runs in this very shell, so what it sets stays
      if (begin->value == "--" && ++begin == end) return;
      return nested_script(index, eval_script(begin, end));
    case Interpreter::kShell: nested = shell_script(begin, end); break;
    case Interpreter::kSu: nested = su_script(begin, end); break;
  }
  if (!nested) return;
  const bool outer = pipefail_;
  pipefail_ = nested->pipefail;
  nested_script(index, *nested);
  pipefail_ = outer;
}

/// Reads the script that the command at `index` holds.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::nested_script(std::size_t index, const NestedScript& nested) {
  const Level level(*this);
  const Command& command = script_.commands[index];
  context_ = {.depth = static_cast<std::uint16_t>(command.depth + 1),
              .in_substitution = command.in_substitution,
              .in_condition = command.in_condition,
              .nested = true};
  const bool exact = source_.exact && is_within_text(nested.text);
  if (nested.pipefail) {
    note_pipefail(exact ? span(nested.text.data(), nested.text.data()).begin : nested.span.begin);
  }

  const std::size_t commands = script_.commands.size();
  const auto first = static_cast<std::ptrdiff_t>(index + 1);
  const bool outer = substitutions_known_;
  substitutions_known_ |=
      std::any_of(script_.commands.begin() + first, script_.commands.end(),
                  [&](const Command& inner) { return nested.span.contains(inner.span); });
  const bool pipefail = pipefail_;
  const char* here = p_;
  if (read(nested.text, exact ? nullptr : &nested.span) != Token::kEnd) fail();
  substitutions_known_ = outer;
  // What an expansion will add to the text is not known, so neither is that it is wrong.
  if (!script_.understood && nested.expands) {
    forget_failure(commands, here);
    pipefail_ = pipefail;
  }

  // The substitutions in the words were met before the script, wherever they stand.
  const auto by_place = [](const Command& a, const Command& b) {
    return a.span.begin < b.span.begin;
  };
  const auto begin = script_.commands.begin() + first;
  if (!std::is_sorted(begin, script_.commands.end(), by_place)) {
    std::stable_sort(begin, script_.commands.end(), by_place);
  }
}

/// Goes on behind a nested script as if it had held no command.
void Parser::forget_failure(std::size_t commands, const char* here) {
  script_.understood = true;
  script_.commands.resize(commands);
  stopped_ = false;
  p_ = here;
}

/// Reads other bytes and comes back: up to their end, or to what ends a list before.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
Parser::Token Parser::read(std::string_view script, const Span* stand_in) {
  const Excursion excursion(*this, script);
  if (stand_in != nullptr && source_.exact) source_ = {.exact = false, .stand_in = *stand_in};
  return list(fresh());
}

bool Parser::is_within_text(std::string_view value) const {
  const std::less_equal<> not_after;
  return not_after(text_.data(), value.data()) &&
         not_after(value.data() + value.size(), text_.data() + text_.size());
}

}  // namespace plimsoll::shell
