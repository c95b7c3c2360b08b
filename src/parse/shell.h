#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

/// Shell words: enough of the POSIX shell (and bash) grammar to know which commands run with which
/// arguments, and where each byte of them stands. Nothing is executed or expanded.
/// Source: POSIX.1-2017, Shell Command Language, §2; bash manual for [[ ]], <<<, |&, &>, $'…'.
namespace plimsoll::shell {

enum class Dialect : std::uint8_t {
  kPosix,    ///< sh, dash, ash
  kBash,     ///< bash, zsh, ksh
  kUnknown,  ///< PowerShell, cmd, python…: parse() gives an empty Script, understood = false
};

/// From "/bin/bash", "pwsh", "cmd.exe", "sh" …
[[nodiscard]] Dialect dialect_of(std::string_view program);

/// All offsets are into the text given to parse().
struct Word {
  Span span;               ///< with its quotes
  std::string_view raw;    ///< exact bytes
  std::string_view value;  ///< quotes and escapes removed; expansions left as written ("$HOME/x")
  bool quoted = false;     ///< some part is quoted or escaped
  bool expands = false;    ///< holds $x, ${x}, $(…), `…` or arithmetic outside single quotes
  bool globs = false;      ///< holds an unquoted * ? [ or a leading ~
};

struct Redirect {
  Span span;
  std::string_view op;  ///< ">", ">>", "<", "2>", "&>", "<<<", "2>&1" has op "2>&" and target "1"
  Word target;          ///< for heredocs: the delimiter word
};

struct Assignment {
  Span span;
  std::string_view name;
  Word value;  ///< empty word when nothing follows '='
};

/// How a command is tied to the one before it in the same list. The first simple command of a
/// compound one carries the tie (and the pipeline) of the compound: `read` of `ls | while read f`
/// is kPipe. The first command of a substitution or of a nested string is kFirst.
enum class Connector : std::uint8_t { kFirst, kSequence, kAnd, kOr, kPipe, kBackground };

/// One simple command, or `[[ … ]]`, or `(( … ))` as the words `((`, expression, `))`. Compound
/// commands (if, for, while, case, ( ), { }, functions, $( ), `…`) are flattened: their simple
/// commands appear in source order with a larger `depth`; redirections of the whole are dropped.
struct Command {
  Span span;
  std::vector<Assignment> environment;  ///< FOO=1 before the program; alone: shell variables
  std::vector<Word> words;              ///< program and arguments; may be empty
  std::vector<Redirect> redirects;
  Connector connector = Connector::kFirst;
  std::uint16_t depth = 0;
  std::uint32_t pipeline = 0;    ///< equal for the members of one pipeline
  bool in_substitution = false;  ///< inside $( ), ` ` or <( )
  bool in_condition = false;     ///< if/while/until condition, or negated by !
  bool pipefail = false;  ///< the script itself has switched pipefail on for this very command
  /// Index of the word that really runs, past wrappers: sudo, doas, env (and its assignments and
  /// options), exec, command, builtin, time, nice, nohup, timeout N, xargs, gosu/su-exec USER,
  /// busybox. A wrapper that runs nothing (`env`, `command -v x`) is the program itself. Equal to
  /// words.size() when there is none.
  std::uint32_t program = 0;
  /// For `sh -c '…'` and the like: this command is the wrapper and the commands of the string
  /// follow with `nested` set. Their spans map into the quoted word when that has no escapes,
  /// otherwise they are the span of that whole word (and `raw` is its bytes). The same holds for
  /// commands between backticks with escapes.
  bool nested = false;

  std::string_view base;  ///< what name() answers; found once, as every rule asks
  /// Finds `base`; again after somebody has replaced the words.
  void find_base();

  /// Base name of the program without directories: "apt-get" for "/usr/bin/apt-get"; "" when none.
  [[nodiscard]] std::string_view name() const { return base; }
  /// Words after the program.
  [[nodiscard]] const Word* begin() const { return args_begin(); }
  [[nodiscard]] const Word* end() const { return words.data() + words.size(); }
  [[nodiscard]] const Word* args_begin() const;
  /// First word that is not an option: "install" of `apt-get -y install x`. Options that take a
  /// value are not known here, so ask with the tool's table where it matters. "" when none.
  [[nodiscard]] std::string_view subcommand() const;
  /// True when an argument is exactly `flag`, or `flag=…`, or, for a one-letter flag, a bundle
  /// such as -yq that holds the letter.
  [[nodiscard]] bool has_flag(std::string_view flag) const;
  /// True when a wrapper before the program is `wrapper` ("sudo").
  [[nodiscard]] bool wrapped_by(std::string_view wrapper) const;
};

struct Script {
  std::vector<Command> commands;  ///< ordered by span.begin
  bool understood = true;         ///< false: a dialect or syntax we do not know; judge nothing
  bool truncated = false;         ///< a limit of core/limits.h tripped: commands are incomplete
  /// Where `set -o pipefail` (also bundled, -euxo pipefail, and `bash -o pipefail -c`) first takes
  /// effect; UINT32_MAX if never. Command::pipefail knows its scope.
  std::uint32_t pipefail_from = UINT32_MAX;

  std::deque<std::string> arena;  ///< owns unescaped values; addresses are stable
};

/// Parses `text`, which must outlive the result. Never fails: what cannot be understood sets
/// `understood` to false and keeps the commands found so far.
/// A "#!" line first selects the dialect by its interpreter.
/// kPosix takes bash's grammar too: /bin/sh is bash on half of the base images.
[[nodiscard]] Script parse(std::string_view text, Dialect dialect = Dialect::kPosix);

/// Compact form for tests: one command per line,
/// `<depth><connector><marks> [ENV=v …] <word> <word> [> target]`, words in ⟨ ⟩ when they expand
/// and in '…' when empty or with white space. Marks: `$` in_substitution, `?` in_condition,
/// `"` nested, `+` pipefail.
[[nodiscard]] std::string dump(const Script& script);

}  // namespace plimsoll::shell
