#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/finding.h"
#include "core/source_file.h"
#include "parse/logical_text.h"
#include "parse/shell.h"

/// The Dockerfile as BuildKit reads it, keeping the bytes of every part.
/// Source: docs.docker.com/reference/dockerfile and BuildKit's frontend/dockerfile/parser.
///
///   file        = { directive } { comment | blank | instruction }
///   directive   = "#" name "=" value            (only before anything else; syntax, escape, check)
///   instruction = keyword { flag } arguments { heredoc body }
///   flag        = "--" name [ "=" value ]
///   a line that ends in the escape character goes on; comment and blank lines between are skipped
namespace plimsoll::dockerfile {

enum class Keyword : std::uint8_t {
  kUnknown,
  kAdd,
  kArg,
  kCmd,
  kCopy,
  kEntrypoint,
  kEnv,
  kExpose,
  kFrom,
  kHealthcheck,
  kLabel,
  kMaintainer,
  kOnbuild,
  kRun,
  kShell,
  kStopsignal,
  kUser,
  kVolume,
  kWorkdir,
};
[[nodiscard]] std::string_view to_string(Keyword keyword);  ///< upper case; "" for kUnknown

/// An argument. For the exec form the decoded JSON string; otherwise a blank-separated word.
struct Word {
  Span span;               ///< in the file, with quotes
  std::string_view raw;    ///< as written (continuations removed), with quotes
  std::string_view value;  ///< quotes and escapes removed, variables left as written
};

struct Flag {
  Span span;               ///< "--chown=1:1"
  std::string_view name;   ///< "chown"
  std::string_view value;  ///< "1:1"; empty when has_value is false
  Span value_span;
  bool has_value = false;
};

/// NAME=value of ENV, LABEL, ARG.
struct Assignment {
  Span span;
  std::string_view name;
  Span name_span;
  std::string_view value;  ///< quotes removed, variables left as written
  std::string_view raw;    ///< value as written, with quotes: what expand() wants
  Span value_span;         ///< with quotes; empty span after the name when there is no '='
  bool has_value = false;
  bool legacy = false;  ///< `ENV name value` without '='
};

struct Heredoc {
  std::string_view name;    ///< delimiter without quotes
  bool expands = true;      ///< false when the delimiter is quoted
  bool strip_tabs = false;  ///< <<- (BuildKit also says chomp)
  std::string_view text;    ///< body exactly as in the file, without the closing line
  Span span;                ///< body and closing line
  bool closed = true;
};

struct Instruction {
  Keyword keyword = Keyword::kUnknown;
  std::string_view keyword_text;  ///< as written: "from", "FROM", also "FR\⏎OM"
  Span keyword_span;
  Span span;  ///< keyword to last argument byte; no line end, no heredoc bodies
  /// `span` plus heredoc bodies, their closing lines, and escape characters before the keyword or
  /// after the last argument that continue nothing.
  Span full_span;
  std::vector<Flag> flags;
  LogicalText args;        ///< everything after the flags, trimmed
  bool exec_form = false;  ///< arguments are a valid JSON array of strings
  std::vector<Word> words;
  std::vector<Assignment> assignments;  ///< ENV, LABEL, ARG only
  std::vector<Heredoc> heredocs;        ///< of ONBUILD: see its inner instruction
  std::unique_ptr<Instruction> inner;   ///< ONBUILD's instruction, HEALTHCHECK's CMD or NONE
  std::uint32_t stage = 0;              ///< index into Dockerfile::stages; kNoStage before any FROM
  bool onbuild = false;                 ///< this is the inner of an ONBUILD

  /// Commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD; offsets are logical: into `script_text`.
  /// Exec form gives one command of the words (and the nested ones of ["sh","-c","…"]).
  /// RUN with a heredoc whose command is empty or a shell is parsed from the heredoc's body.
  shell::Script script;
  LogicalText script_text;

  static constexpr std::uint32_t kNoStage = UINT32_MAX;

  [[nodiscard]] const Flag* flag(std::string_view name) const;
  [[nodiscard]] const Assignment* assignment(std::string_view name) const;
  /// Source range of something in `script`.
  [[nodiscard]] Span source(Span in_script) const { return script_text.source(in_script); }
};

struct Stage {
  std::uint32_t index = 0;
  std::uint32_t from = 0;  ///< index of its FROM in Dockerfile::instructions
  std::uint32_t end = 0;   ///< one past its last instruction
  std::string_view image;  ///< as written after FROM
  Span image_span;
  std::string image_expanded;  ///< global ARG defaults applied
  bool image_known = true;     ///< false: some ARG has no default, so the base is not known
  std::string_view name;       ///< after AS; "" when none
  Span name_span;
  std::optional<std::uint32_t> parent;  ///< stage this one is FROM, when it names an earlier one
};

struct Directive {
  std::string_view name;  ///< lower case: "syntax", "escape", "check"
  std::string_view value;
  Span span;
};

struct Comment {
  Span span;              ///< from '#' to the end of the line
  std::string_view text;  ///< after '#', trimmed
};

/// Something that BuildKit would refuse or drop. Parsing goes on.
struct Problem {
  Span span;
  std::string message;
  bool fatal = false;  ///< not a Dockerfile at all, or a heredoc that never ends: reject the file
};

struct Dockerfile {
  const SourceFile* source = nullptr;
  std::vector<Directive> directives;
  std::vector<Instruction> instructions;
  std::vector<Stage> stages;
  std::vector<Comment> comments;  ///< every comment line, also those inside continuations
  std::vector<Problem> problems;
  char escape = '\\';
  std::deque<std::string> arena;  ///< owns joined and unquoted text; addresses are stable
  struct GlobalArg {
    std::uint32_t instruction = 0;
    std::uint32_t assignment = 0;
  };
  std::unordered_map<std::string_view, GlobalArg> global_args;  ///< what global_arg() answers from

  [[nodiscard]] std::span<const Instruction> of(const Stage& stage) const {
    return std::span(instructions).subspan(stage.from, stage.end - stage.from);
  }
  [[nodiscard]] const Stage* find_stage(std::string_view name_or_index) const;
  /// The stage that gets built: `target` when given and present, else the last; null when no FROM.
  [[nodiscard]] const Stage* target_stage(std::string_view target = {}) const;
  /// ARG NAME=default before the first FROM.
  [[nodiscard]] const Assignment* global_arg(std::string_view name) const;
  /// `stage` and the stages it is FROM, nearest first.
  [[nodiscard]] std::vector<const Stage*> lineage(const Stage& stage) const;
};

/// Parses any bytes; `source` must outlive the result. Always returns a tree: what is wrong is in
/// `problems`. Bounded by core/limits.h (a tripped limit is a fatal problem).
/// Instructions before the first FROM other than ARG are kept, with stage kNoStage.
[[nodiscard]] Dockerfile parse(const SourceFile& source);

/// True when a file's name is one people give a Dockerfile: Dockerfile, Containerfile,
/// X.Dockerfile, Dockerfile.X, X.containerfile … (any case), and not Dockerfile.dockerignore.
[[nodiscard]] bool is_dockerfile_name(std::string_view file_name);
/// True when the text looks like a Dockerfile: the first instruction is FROM, or ARG before FROM.
[[nodiscard]] bool looks_like_dockerfile(std::string_view text);

/// Looks up a variable; nullopt when unset.
struct Lookup {
  const void* context = nullptr;
  std::optional<std::string> (*get)(const void* context, std::string_view name) = nullptr;
};
struct Expansion {
  std::string text;
  bool known = true;  ///< false: a variable without value or default was met (it expands to "")
  std::vector<std::string> unknown;  ///< their names
};
/// $x, ${x}, ${x:-y}, ${x-y}, ${x:+y}, ${x+y}, ${x:?e}, ${x#p}, ${x##p}, ${x%p}, ${x%%p}, ${x/p/r},
/// quotes and the escape character, as BuildKit's shell lexer. Result capped at kExpandedValueBytes
/// (then known = false).
[[nodiscard]] Expansion expand(std::string_view text, Lookup lookup, char escape = '\\');

/// Compact form for tests.
[[nodiscard]] std::string dump(const Dockerfile& file);

}  // namespace plimsoll::dockerfile
