#include "workload/run/shell_host.h"

#include <algorithm>

#include "core/ascii.h"
#include "workload/run/expand.h"
#include "workload/run/is_one_of.h"

namespace plimsoll::run {
namespace {

std::size_t name_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && ascii::is_name(text[length])) ++length;
  return length;
}

/// The variable of every `for NAME` and `select NAME` gets what no one knows. The parser's commands
/// do not name it, so this looks at the text; a `for` inside a string costs precision only.
void distrust_loops(std::string_view text, Variables& variables) {
  for (const std::string_view keyword : {"for", "select"}) {
    std::size_t at = 0;
    while ((at = text.find(keyword, at)) != std::string_view::npos) {
      const bool starts = at == 0 || !ascii::is_name(text[at - 1]);
      at += keyword.size();
      std::size_t name = at;
      while (name < text.size() && ascii::is_blank(text[name])) ++name;
      if (!starts || name == at) continue;
      const std::size_t length = name_length(text.substr(name));
      if (length > 0) variables.distrust(text.substr(name, length));
    }
  }
}

/// How many blocks end (or give way to another branch) in the text between two commands.
int closed_blocks(std::string_view gap) {
  int closed = 0;
  std::size_t at = 0;
  while (at < gap.size()) {
    const char c = gap[at];
    if (ascii::is_name(c)) {
      const std::size_t length = name_length(gap.substr(at));
      const std::string_view word = gap.substr(at, length);
      if (is_one_of(word, {"fi", "esac", "done", "else", "elif"})) ++closed;
      at += length;
      continue;
    }
    if (c == '}' || c == ')' || gap.substr(at, 2) == ";;") ++closed;
    ++at;
  }
  return closed;
}

class ShellHost {
 public:
  ShellHost(const SourceFile& file, const EmbeddedScript& script, Variables& variables,
            RunLines& out)
      : file_(file), script_(script), variables_(variables), out_(out) {}

  bool run() {
    const shell::Script parsed = shell::parse(script_.text, script_.dialect);
    distrust_loops(script_.text, variables_);
    for (const shell::Command& command : parsed.commands) {
      if (out_.is_full()) break;
      follow_blocks(command);
      if (command.words.empty()) {
        assign(command);
      } else if (!builtin(command)) {
        run_line(command);
      }
    }
    if (parsed.truncated) out_.complete = false;
    return parsed.understood;
  }

 private:
  [[nodiscard]] WordText text_of(const shell::Word& word) const {
    return word_text(word, script_.text, script_.original, file_, script_.map);
  }

  /// What one branch assigns does not hold in the next, though both are as deep.
  void follow_blocks(const shell::Command& command) {
    const std::uint32_t begin = command.span.begin;
    variables_.enter(command.depth);
    if (begin > behind_ && command.depth > 0) {
      const auto gap = std::string_view(script_.text).substr(behind_, begin - behind_);
      const int climbed = std::max(0, depth_ - static_cast<int>(command.depth));
      const auto outside = static_cast<std::uint16_t>(command.depth - 1);
      if (closed_blocks(gap) > climbed) variables_.enter(outside);
    }
    behind_ = std::max(behind_, command.span.end);
    depth_ = command.depth;
  }

  void assign(const shell::Command& command) {
    const bool conditional =
        command.connector == shell::Connector::kAnd || command.connector == shell::Connector::kOr;
    for (const shell::Assignment& assignment : command.environment) {
      const bool array = assignment.value.raw.starts_with('(');
      const std::string_view whole =
          std::string_view(script_.text).substr(assignment.span.begin, assignment.span.size());
      const bool replaces = whole.size() > assignment.name.size() &&
                            whole.starts_with(assignment.name) &&
                            whole[assignment.name.size()] == '=';  // no +=, no [i]=
      if (array || !replaces || conditional) {
        variables_.forget(assignment.name);
      } else {
        variables_.assign(assignment.name, expand_value(text_of(assignment.value), variables_),
                          command.depth);
      }
    }
  }

  /// export X=1, read X, …
  bool builtin(const shell::Command& command) {
    const std::string_view name = command.name();
    const bool declares = is_one_of(name, {"export", "local", "readonly", "declare", "typeset"});
    const bool overwrites =
        is_one_of(name, {"read", "unset", "getopts", "mapfile", "readarray", "printf"});
    if (!declares && !overwrites) return false;
    for (const shell::Word& word : command) {
      const std::size_t length = name_length(word.raw);
      if (length == 0) continue;
      if (overwrites && length == word.raw.size()) variables_.forget(word.raw);
      if (declares && length < word.raw.size() && word.raw[length] == '=') {
        declare(word, length, command.depth);
      }
    }
    return true;
  }

  void declare(const shell::Word& word, std::size_t name, std::uint16_t depth) {
    WordText value = text_of(word);
    value.raw = word.raw.substr(name + 1);
    value.offset += static_cast<std::uint32_t>(name + 1);
    if (!value.original.empty()) value.original = value.original.substr(name + 1);
    if (value.raw.starts_with('(')) return variables_.forget(word.raw.substr(0, name));
    variables_.assign(word.raw.substr(0, name), expand_value(value, variables_), depth);
  }

  /// A longer program is no variable that holds an engine.
  static constexpr std::size_t kProgramBytes = 256;

  /// Cheap, since nearly every command is something else: only what is worth expanding.
  [[nodiscard]] static bool may_run(const shell::Command& command) {
    if (command.program >= command.words.size()) return false;
    const shell::Word& program = command.words[command.program];
    if (program.expands && program.raw.size() <= kProgramBytes) return true;
    return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
      return word.value == "run" || word.value == "create" || word.value == "exec";
    });
  }

  void run_line(const shell::Command& command) {
    if (!may_run(command)) return;
    std::vector<Argument> arguments;
    for (std::size_t i = command.program; i < command.words.size(); ++i) {
      expand(text_of(command.words[i]), variables_, arguments);
    }
    auto line = read_run_line(arguments);
    if (line) out_.add(std::move(*line));
  }

  const SourceFile& file_;
  const EmbeddedScript& script_;
  Variables& variables_;
  RunLines& out_;
  std::uint32_t behind_ = 0;  ///< end of the commands read so far
  int depth_ = 0;             ///< of the last one
};

}  // namespace

bool read_shell(const SourceFile& file, const EmbeddedScript& script, Variables& variables,
                RunLines& out) {
  return ShellHost(file, script, variables, out).run();
}

}  // namespace plimsoll::run
