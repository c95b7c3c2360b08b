#include "parse/dockerfile_script.h"

#include <optional>
#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_heredocs.h"

namespace plimsoll::dockerfile {
namespace {

/// Spells the words of an exec form as a shell command, so that one parser finds programs, wrappers
/// and the script of ["sh", "-c", "…"]. Nothing in single quotes expands, as nothing does in
/// execve. Most JSON strings have no escapes; then quotes stand for quotes and each byte maps to
/// its own.
class ExecText {
 public:
  explicit ExecText(std::size_t size) { text_.reserve(size + 16); }

  void add(const Word& word) {
    if (!text_.empty()) text_.push_back(' ');
    map(word.span.begin);
    const char quote = quote_for(word.value);
    text_.push_back(quote);
    const std::string_view inside = word.raw.substr(1, word.raw.size() - 2);
    if (inside == word.value && word.span.size() == word.raw.size()) {
      add_same(word, quote);
    } else {
      add_pinned(word, quote);
    }
    map(word.span.end - 1);
    text_.push_back(quote);
  }

  LogicalText finish(std::uint32_t source_begin, std::deque<std::string>& arena) {
    return {arena.emplace_back(std::move(text_)), source_begin, std::move(segments_)};
  }

 private:
  void map(std::uint32_t source) {
    const auto logical = static_cast<std::uint32_t>(text_.size());
    if (!segments_.empty()) {
      const LogicalText::Segment& last = segments_.back();
      if (last.source + (logical - last.logical) == source) return;  // it goes on as it is
    }
    segments_.push_back({logical, source});
  }
  /// Double quotes where single quotes would need escapes and double ones do not.
  static char quote_for(std::string_view value) {
    const bool plain = value.find('\'') == std::string_view::npos;
    return plain || value.find_first_of("\"\\$`") != std::string_view::npos ? '\'' : '"';
  }
  /// Each byte maps to its own.
  void add_same(const Word& word, char quote) {
    std::uint32_t source = word.span.begin + 1;
    for (const char c : word.value) {
      map(source);
      put(c, quote, source);
      ++source;
    }
  }
  /// Without a byte-to-byte way back the whole word is what an offset means.
  void add_pinned(const Word& word, char quote) {
    for (const char c : word.value) {
      map(word.span.begin);
      put(c, quote, word.span.begin);
    }
  }
  /// A single quote inside single quotes is '\''.
  void put(char c, char quote, std::uint32_t source) {
    if (c != quote) {
      text_.push_back(c);
      return;
    }
    for (const char part : std::string_view("'\\''")) {
      map(source);
      text_.push_back(part);
    }
  }

  std::string text_;
  std::vector<LogicalText::Segment> segments_;
};

struct StdinShell {
  shell::Dialect dialect = shell::Dialect::kUnknown;
  bool pipefail = false;
};

std::vector<std::string_view> blank_separated(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (ascii::is_space(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !ascii::is_space(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

/// "<<EOF" or "0<<-'EOF'". Another descriptor is not what a shell reads its commands from.
bool is_stdin_heredoc(std::string_view word) {
  if (word.starts_with('0')) word.remove_prefix(1);
  return word.starts_with("<<");
}

bool has_shell_syntax(std::string_view word) {
  return word.find_first_of(";&|<>()$`\\\"'{}*?") != std::string_view::npos;
}

/// Reads the options of a shell: true when it goes on to read its commands from stdin.
bool reads_stdin(const std::vector<std::string_view>& words, bool& pipefail) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "-s" || word == "-") return true;
    if (word.size() < 2 || (word.front() != '-' && word.front() != '+')) return false;
    if (word.starts_with("--")) continue;
    if (word.find('c') != std::string_view::npos) return false;
    if (word.find('o') == std::string_view::npos) continue;
    if (++i == words.size()) return false;
    if (words[i] == "pipefail") pipefail = word.front() == '-';
  }
  return true;
}

/// `bash -eu <<EOF`: a shell that gets the heredoc as its script, and nothing else on the line.
std::optional<StdinShell> stdin_shell(std::string_view args) {
  std::vector<std::string_view> words;
  bool delimiter_next = false;
  for (const std::string_view word : blank_separated(args)) {
    if (std::exchange(delimiter_next, false)) continue;
    if (is_stdin_heredoc(word)) {
      delimiter_next = word.ends_with("<<");
      continue;
    }
    if (has_shell_syntax(word)) return std::nullopt;
    words.push_back(word);
  }
  if (words.empty()) return std::nullopt;
  StdinShell shell{.dialect = shell::dialect_of(words.front())};
  if (shell.dialect == shell::Dialect::kUnknown) return std::nullopt;
  if (!reads_stdin(words, shell.pipefail)) return std::nullopt;
  return shell;
}

LogicalText body_text(const Heredoc& heredoc) {
  LogicalText body{.text = heredoc.text, .source_begin = heredoc.span.begin};
  if (!heredoc.strip_tabs) return body;
  // Tabs before a command mean nothing to a shell, but "#!" counts only as the very first bytes.
  while (body.text.starts_with('\t')) {
    body.text.remove_prefix(1);
    ++body.source_begin;
  }
  return body;
}

/// True when the one heredoc's body is what runs; then the script is set.
bool parse_body(Instruction& run, shell::Dialect dialect) {
  if (run.heredocs.size() != 1) return false;
  if (is_only_heredoc(run.args.text)) {
    run.script_text = body_text(run.heredocs.front());
    run.script = shell::parse(run.script_text.text, dialect);
    return true;
  }
  const auto shell = stdin_shell(run.args.text);
  if (!shell) return false;
  run.script_text = body_text(run.heredocs.front());
  run.script = shell::parse(run.script_text.text, shell->dialect);
  if (shell->pipefail) run.script.pipefail_from = 0;
  return true;
}

}  // namespace

void parse_script(Instruction& instruction, shell::Dialect dialect,
                  std::deque<std::string>& arena) {
  if (instruction.exec_form) {
    ExecText exec(instruction.args.text.size());
    for (const Word& word : instruction.words) exec.add(word);
    instruction.script_text = exec.finish(instruction.args.source_begin, arena);
    instruction.script = shell::parse(instruction.script_text.text, shell::Dialect::kPosix);
    return;
  }
  if (parse_body(instruction, dialect)) return;
  instruction.script_text = instruction.args;
  instruction.script = shell::parse(instruction.script_text.text, dialect);
}

}  // namespace plimsoll::dockerfile
