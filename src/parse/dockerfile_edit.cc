#include "parse/dockerfile_edit.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::dockerfile {
namespace {

using Reason = tl::unexpected<std::string>;

std::string_view text_of(const Dockerfile& file) {
  return file.source->text();
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}

/// Where the next line begins; the end of the text when there is none.
std::uint32_t next_line(std::string_view text, std::uint32_t at) {
  if (at > 0 && text[at - 1] == '\n') return at;
  while (at < text.size() && text[at] != '\n') ++at;
  return at < text.size() ? at + 1 : at;
}

std::uint32_t skip_blanks(std::string_view text, std::uint32_t at) {
  while (at < text.size() && ascii::is_blank(text[at])) ++at;
  return at;
}

bool at_line_end(std::string_view text, std::uint32_t at) {
  return at == text.size() || text[at] == '\n' ||
         (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] == '\n'));
}

std::string_view line_above(std::string_view text, std::uint32_t line) {
  if (line == 0) return {};
  const std::uint32_t begin = line_begin(text, line - 1);
  return ascii::trim(text.substr(begin, line - 1 - begin));
}

bool is_directive(const Dockerfile& file, std::uint32_t line) {
  return std::any_of(file.directives.begin(), file.directives.end(),
                     [line](const Directive& each) { return each.span.end >= line; });
}

std::string with_line_ends(const Dockerfile& file, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line;
    text += line_end(file);
  }
  return text;
}

/// How a script of several lines joins its commands.
struct Style {
  std::string_view operation = "&&";
  bool leading = true;  ///< the operator starts a line, and does not end one
  std::string indent;
};

std::string_view indent_of(std::string_view line) {
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

/// A physical line without what continues it.
std::string_view without_continuation(std::string_view line, char escape) {
  line = ascii::trim(line);
  if (line.ends_with(escape)) line.remove_suffix(1);
  return ascii::trim(line);
}

bool stops_at_errors(const shell::Script& script) {
  const shell::Command& first = script.commands.front();
  return first.name() == "set" && first.has_flag("-e");
}

/// `a && b` is how the script ends: `set -e` lets a failure of `a` pass there, so what is added has
/// to be tied by && as well.
bool ends_in_list(const shell::Script& script) {
  using shell::Connector;
  bool list = false;
  for (const shell::Command& command : script.commands) {
    const bool tied = command.connector == Connector::kAnd || command.connector == Connector::kOr;
    const bool starts = command.depth == 0 && !command.nested && !command.in_substitution &&
                        command.connector == Connector::kSequence;
    list = !starts && (list || tied);
  }
  return list;
}

Style style_of(const Dockerfile& file, const Instruction& run, std::string_view written) {
  std::vector<std::string_view> lines;
  for (std::string_view rest = written; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  const auto is_comment = [&](std::size_t i) { return ascii::trim(lines[i]).starts_with('#'); };
  Style style;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = without_continuation(lines[i], file.escape);
    if (line.starts_with("&&")) {
      style.indent = indent_of(lines[i]);
      return style;
    }
  }
  const bool stops = stops_at_errors(run.script);
  const bool sequence = stops && !ends_in_list(run.script);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (is_comment(i) || is_comment(i + 1)) continue;
    const std::string_view line = without_continuation(lines[i], file.escape);
    const bool list = line.ends_with("&&");
    if (!list && !(stops && line.ends_with(';') && !line.ends_with(";;"))) continue;
    style.leading = false;
    style.operation = list || !sequence ? "&&" : ";";
    style.indent = indent_of(lines[i + 1]);
    return style;
  }
  // Lines of arguments only: a new command is not one of them.
  style.indent = "    ";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!is_comment(i) && indent_of(lines[i]).starts_with('\t')) style.indent = "\t";
  }
  return style;
}

/// Logical offset one past what runs; nothing when something else follows, such as a comment.
std::optional<std::uint32_t> end_of_commands(const Instruction& run) {
  const std::string_view script = run.script_text.text;
  std::uint32_t last = 0;
  for (const shell::Command& command : run.script.commands) {
    last = std::max(last, command.span.end);
    for (const shell::Redirect& redirect : command.redirects) {
      last = std::max(last, redirect.span.end);
    }
  }
  if (last > script.size()) return std::nullopt;
  std::string_view rest = script.substr(last);
  while (!rest.empty() && (ascii::is_space(rest.back()) || rest.back() == ';'))
    rest.remove_suffix(1);
  const auto end = static_cast<std::uint32_t>(last + rest.size());
  for (rest = ascii::trim(rest); !rest.empty(); rest = ascii::trim(rest)) {
    std::size_t size = 1;
    if (ascii::is_alpha(rest.front())) {
      while (size < rest.size() && ascii::is_alpha(rest[size])) ++size;
      const std::string_view word = rest.substr(0, size);
      if (word != "fi" && word != "done" && word != "esac") return std::nullopt;
    } else if (rest.front() != ')' && rest.front() != '}' && rest.front() != ';') {
      return std::nullopt;
    }
    rest.remove_prefix(size);
  }
  return end;
}

bool never_gets_there(const shell::Script& script) {
  const shell::Command* last = nullptr;
  for (const shell::Command& command : script.commands) {
    if (command.depth == 0 && !command.nested && !command.in_substitution) last = &command;
  }
  if (last == nullptr) return false;
  const std::string_view name = last->name();
  return name == "exit" || name == "return" || last->wrapped_by("exec") ||
         last->connector == shell::Connector::kBackground;
}

/// An insertion; at the very end of a file as a change of the last byte, since whole instructions
/// may be inserted there as well, which have to come after it.
Edit insert_at(const Dockerfile& file, std::uint32_t at, std::string text) {
  if (at == 0 || at < text_of(file).size()) return {{at, at}, std::move(text)};
  return {{at - 1, at}, text_of(file).back() + std::move(text)};
}

/// A command that changes what the commands after it see.
bool changes_the_shell(const shell::Command& command) {
  if (command.words.empty()) return true;  // a variable's assignment
  if (command.words.front().value == "set") {
    return !std::all_of(command.begin(), command.end(), [](const shell::Word& word) {
      return word.value.size() > 1 && word.value.find_first_not_of("-ex") == word.value.npos;
    });
  }
  static constexpr std::string_view kBuiltins[] = {
      ".",       "alias",  "cd",    "eval",   "exec",    "exit",  "export", "local",
      "popd",    "pushd",  "read",  "return", "shift",   "shopt", "source", "trap",
      "typeset", "ulimit", "umask", "unset",  "declare", "hash",  "wait"};
  return std::find(std::begin(kBuiltins), std::end(kBuiltins), command.words.front().value) !=
         std::end(kBuiltins);
}

/// All that runs is tied by && (and pipes), so that nothing of it runs after a failure before it.
bool is_one_list(const shell::Script& script) {
  return std::all_of(
      script.commands.begin(), script.commands.end(), [](const shell::Command& command) {
        using shell::Connector;
        return command.depth > 0 || command.nested || command.in_substitution ||
               command.connector == Connector::kFirst || command.connector == Connector::kAnd ||
               command.connector == Connector::kPipe;
      });
}

bool has_plain_script(const Instruction& run) {
  return run.keyword == Keyword::kRun && !run.onbuild && !run.exec_form && run.heredocs.empty() &&
         run.script.understood && !run.script.truncated && !run.script.commands.empty();
}

bool same_flags(const Instruction& a, const Instruction& b) {
  return std::equal(
      a.flags.begin(), a.flags.end(), b.flags.begin(), b.flags.end(),
      [](const Flag& x, const Flag& y) { return x.name == y.name && x.value == y.value; });
}

/// The comment lines within `span`, each with a line end.
std::string comments_within(const Dockerfile& file, Span span) {
  std::string lines;
  for (const Comment& comment : file.comments) {
    if (!span.contains(comment.span)) continue;
    const std::uint32_t begin = line_begin(text_of(file), comment.span.begin);
    lines += file.source->slice({begin, comment.span.end});
    lines += line_end(file);
  }
  return lines;
}

bool is_body(const Instruction& run) {
  return !run.heredocs.empty() && run.heredocs.front().span.contains(run.source({0, 1}));
}

}  // namespace

std::string_view line_end(const Dockerfile& file) {
  const std::string_view text = text_of(file);
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string spelled(const Dockerfile& file, Keyword keyword) {
  std::string word(to_string(keyword));
  if (file.instructions.empty()) return word;
  const std::string_view sample = file.instructions.front().keyword_text;
  if (sample.empty() || ascii::to_lower(sample.front()) != sample.front()) return word;
  std::transform(word.begin(), word.end(), word.begin(), ascii::to_lower);
  return word;
}

Edit insert_before(const Dockerfile& file, const Instruction& next,
                   const std::vector<std::string>& lines) {
  const std::string_view text = text_of(file);
  std::uint32_t at = line_begin(text, next.full_span.begin);
  while (at > 0 && line_above(text, at).starts_with('#')) {
    const std::uint32_t above = line_begin(text, at - 1);
    if (is_directive(file, above)) break;
    at = above;
  }
  std::string added = with_line_ends(file, lines);
  // Where instructions stand apart, the new one does too.
  if (at > 0 && line_above(text, at).empty()) added += line_end(file);
  return {{at, at}, std::move(added)};
}

Edit insert_after(const Dockerfile& file, const Instruction& previous,
                  const std::vector<std::string>& lines) {
  const std::string_view text = text_of(file);
  const std::uint32_t at = next_line(text, previous.full_span.end);
  std::string added = with_line_ends(file, lines);
  const bool dangling = previous.heredocs.empty() && previous.full_span.end > previous.span.end &&
                        ascii::trim(text.substr(previous.full_span.end)).empty();
  if (dangling) {
    // An escape character at the end of the file continues nothing, until something follows.
    added.insert(0, line_end(file));
    return {{previous.span.end, static_cast<std::uint32_t>(text.size())}, std::move(added)};
  }
  if (at == text.size() && at > 0 && text[at - 1] != '\n') {
    added.resize(added.size() - line_end(file).size());
    added.insert(0, line_end(file));
  }
  return {{at, at}, std::move(added)};
}

Edits remove_instruction(const Dockerfile& file, const Instruction& instruction) {
  if (instruction.onbuild) return Reason("it is the trigger of an ONBUILD");
  const std::string_view text = text_of(file);
  return std::vector<Edit>{
      {{line_begin(text, instruction.full_span.begin), next_line(text, instruction.full_span.end)},
       ""}};
}

Edits remove_assignment(const Dockerfile& file, const Instruction& instruction,
                        const Assignment& assignment) {
  if (instruction.assignments.size() < 2) return remove_instruction(file, instruction);
  if (assignment.legacy) return Reason("the instruction is written without '='");
  if (&assignment == instruction.assignments.data()) {
    // The next one moves up to the keyword.
    const Span span{assignment.span.begin, instruction.assignments[1].span.begin};
    if (file.source->slice(span).find('#') == std::string_view::npos) {
      return std::vector<Edit>{{span, ""}};
    }
  }
  return remove_word(file, assignment.span);
}

Edits add_flag(const Dockerfile& file, const Instruction& instruction, std::string_view flag) {
  if (instruction.onbuild) return Reason("it is the trigger of an ONBUILD");
  const Span keyword = instruction.keyword_span;
  if (text_of(file).substr(keyword.begin, keyword.size()) != instruction.keyword_text) {
    return Reason("its keyword is continued on another line");
  }
  return std::vector<Edit>{{{keyword.end, keyword.end}, ' ' + std::string(flag)}};
}

bool is_editable(const Dockerfile& file, const Instruction& run, const shell::Command& command,
                 const shell::Word& word) {
  if (run.onbuild || run.exec_form || command.nested) return false;
  return file.source->slice(run.source(word.span)) == word.raw;
}

Edits insert_words(const Dockerfile& file, const Instruction& run, const shell::Command& command,
                   const shell::Word& after, std::string_view words) {
  if (run.onbuild) return Reason("it is the trigger of an ONBUILD");
  if (run.exec_form) return Reason("the command is a JSON array");
  if (!is_editable(file, run, command, after)) return Reason("the command stands inside a string");
  const std::uint32_t end = run.source(after.span).end;
  return std::vector<Edit>{{{end, end}, ' ' + std::string(words)}};
}

Edits remove_word(const Dockerfile& file, Span word) {
  const std::string_view text = text_of(file);
  std::uint32_t begin = word.begin;
  while (begin > 0 && ascii::is_blank(text[begin - 1])) --begin;
  const std::uint32_t end = skip_blanks(text, word.end);
  const auto removed = [](std::uint32_t from, std::uint32_t to) {
    return std::vector<Edit>{{{from, to}, ""}};
  };
  if (begin > 0 && text[begin - 1] != '\n') {
    if (begin < word.begin) return removed(begin, word.end);
    return removed(word.begin, end);
  }
  // It starts its line.
  if (end < text.size() && text[end] == file.escape &&
      at_line_end(text, skip_blanks(text, end + 1))) {
    return removed(begin, next_line(text, end));
  }
  if (!at_line_end(text, end)) return removed(word.begin, end);
  std::uint32_t before = begin;
  while (before > 0 && ascii::is_space(text[before - 1])) --before;
  if (before == 0 || text[before - 1] != file.escape) return Reason("it stands alone on its line");
  --before;
  while (before > 0 && ascii::is_blank(text[before - 1])) --before;
  if (line_above(text, begin).starts_with('#')) return Reason("a comment stands above it");
  return removed(before, word.end);
}

Edits append_command(const Dockerfile& file, const Instruction& run, std::string_view command) {
  if (run.onbuild) return Reason("it is the trigger of an ONBUILD");
  if (run.exec_form) return Reason("the command is a JSON array");
  const shell::Script& script = run.script;
  if (!script.understood || script.truncated || script.commands.empty()) {
    return Reason("its script is not understood");
  }
  const bool body = is_body(run);
  if (!run.heredocs.empty() && !body) return Reason("a heredoc belongs to one of its commands");
  const auto end = end_of_commands(run);
  if (!end || *end == 0 || never_gets_there(script)) {
    return Reason("nothing can be added to the end of its script");
  }
  const std::uint32_t at = run.script_text.source(*end - 1) + 1;
  if (body) {
    const Span line = file.source->line_span(file.source->line_index(at));
    if (!stops_at_errors(script) || ends_in_list(script)) {
      return std::vector<Edit>{insert_at(file, at, " && " + std::string(command))};
    }
    return std::vector<Edit>{{{line.end, line.end},
                              std::string(line_end(file)) +
                                  std::string(indent_of(file.source->slice(line))) +
                                  std::string(command)}};
  }
  const std::string_view written = file.source->slice({run.span.begin, at});
  if (written.find('\n') == std::string_view::npos) {
    return std::vector<Edit>{insert_at(file, at, " && " + std::string(command))};
  }
  const Style style = style_of(file, run, written);
  std::string added;
  if (!style.leading) {
    if (style.operation != ";") added += ' ';
    added += style.operation;
  }
  added += ' ';
  added += file.escape;
  added += line_end(file);
  added += style.indent;
  if (style.leading) added += std::string(style.operation) + ' ';
  added += command;
  return std::vector<Edit>{insert_at(file, at, std::move(added))};
}

Edits join_runs(const Dockerfile& file, const Instruction& first, const Instruction& second,
                std::string_view last) {
  if (first.stage != second.stage || &first + 1 != &second) {
    return Reason("other instructions stand between the two RUNs");
  }
  if (!has_plain_script(first) || !has_plain_script(second)) {
    return Reason("one of the two RUNs is no plain script");
  }
  if (!same_flags(first, second)) return Reason("the two RUNs have different flags");
  if (first.span.end != first.full_span.end)
    return Reason("the first RUN's last line is continued");
  const auto end = end_of_commands(first);
  if (!end || *end == 0 || never_gets_there(first.script) ||
      std::any_of(first.script.commands.begin(), first.script.commands.end(), changes_the_shell)) {
    return Reason("the first RUN's script changes what runs after it");
  }
  if (!is_one_list(second.script)) {
    return Reason("a part of the second RUN would run after an error in the first");
  }
  const std::uint32_t at = first.script_text.source(*end - 1) + 1;
  const Span between{at, second.args.source({0, 1}).begin};
  const auto is_one_line = [](std::string_view text) { return text.find('\n') == text.npos; };
  const std::string_view above = file.source->slice({first.span.begin, at});
  const std::string_view below = file.source->slice(second.span);
  Style style = style_of(file, first, is_one_line(above) ? below : above);
  if (is_one_line(above) && is_one_line(below)) style.leading = false;
  const std::string comments = comments_within(file, between);
  // What follows a comment starts with its command, as comments say what comes next.
  const bool leading = style.leading && comments.empty();
  const std::string_view eol = line_end(file);
  const std::string continued = std::string(1, ' ') + file.escape + std::string(eol);
  std::string joint =
      (leading ? "" : " &&") + continued + comments + style.indent + (leading ? "&& " : "");
  std::vector<Edit> edits{{between, std::move(joint)}};
  if (last.empty()) return edits;
  if (!is_one_line(below)) {
    Edits added = append_command(file, second, last);
    if (!added) return added;
    edits.push_back(std::move(added->front()));
    return edits;
  }
  const auto second_end = end_of_commands(second);
  if (!second_end || *second_end == 0 || never_gets_there(second.script)) {
    return Reason("nothing can be added to the end of its script");
  }
  edits.push_back(insert_at(file, second.script_text.source(*second_end - 1) + 1,
                            (leading ? "" : " &&") + continued + style.indent +
                                (leading ? "&& " : "") + std::string(last)));
  return edits;
}

}  // namespace plimsoll::dockerfile
