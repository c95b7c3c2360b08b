#include <cstring>
#include <iterator>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/shell_chars.h"
#include "parse/shell_parser.h"
#include "parse/shell_wrapper.h"

namespace plimsoll::shell {
namespace {

template <class T>
void move_tail(std::vector<T>& stack, std::size_t from, std::vector<T>& to) {
  if (stack.size() == from) return;
  const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(from);
  to.assign(std::make_move_iterator(begin), std::make_move_iterator(stack.end()));
  stack.erase(begin, stack.end());
}

}  // namespace

/// Puts the command in its place before its words are read: the commands of substitutions in them
/// come after it.
Parser::Draft Parser::begin_command(const char* begin, Link link) {
  Draft draft{.index = script_.commands.size(),
              .words = words_.size(),
              .environment = environment_.size(),
              .redirects = redirects_.size(),
              .begin = begin,
              .end = begin};
  Command& command = script_.commands.emplace_back();
  command.connector = link.connector;
  command.pipeline = link.pipeline;
  command.depth = context_.depth;
  command.in_substitution = context_.in_substitution;
  command.in_condition = context_.in_condition;
  command.nested = context_.nested;
  command.pipefail = pipefail_;
  if (draft.index >= limits::kShellCommands) truncate();
  return draft;
}

void Parser::finish_command(const Draft& draft) {
  Command& command = script_.commands[draft.index];
  command.span = span(draft.begin, draft.end);
  move_tail(words_, draft.words, command.words);
  move_tail(environment_, draft.environment, command.environment);
  move_tail(redirects_, draft.redirects, command.redirects);
  command.program = find_program(command.words);
  command.find_base();
  if (stopped_) {
    const bool nothing =
        command.words.empty() && command.environment.empty() && command.redirects.empty();
    const bool excess = draft.index >= limits::kShellCommands;
    if (nothing || excess) {
      script_.commands.erase(script_.commands.begin() + static_cast<std::ptrdiff_t>(draft.index));
    }
    return;
  }
  run_nested(draft.index);
}

void Parser::simple(Link link) {
  Draft draft = begin_command(p_, link);
  bool in_prefix = true;
  for (;;) {
    skip_blanks();
    if (p_ == end_) break;
    if (const char* op = redirect_operator()) {
      redirect(op);
    } else if (!in_prefix || !assignment()) {
      in_prefix = false;
      const char* begin = p_;
      const Word next = word();
      if (p_ == begin) {
        if (looking_at('(') && function_after(draft)) return function_body(link);
        break;
      }
      if (!stopped_) words_.push_back(next);
    }
    if (stopped_) break;  // inside that part: what is known of it is no word
    draft.end = p_;
  }
  // `a ; ; b`, `| b`, `a && ) …`: a command was due and none came.
  if (draft.end == draft.begin || looking_at('(')) fail();
  finish_command(draft);
}

/// At the "(" behind what may be a function's name. Takes "( )" and the command back.
bool Parser::function_after(const Draft& draft) {
  const bool named = words_.size() == draft.words + 1 && !words_.back().quoted &&
                     !words_.back().expands && environment_.size() == draft.environment &&
                     redirects_.size() == draft.redirects;
  if (!named) return false;
  const char* here = p_++;
  skip_blanks();
  if (!looking_at(')')) {
    p_ = here;
    return false;
  }
  ++p_;
  words_.pop_back();
  script_.commands.pop_back();
  return true;
}

/// An operator of [[ ]] that the word reader would stop at or take for a process substitution.
bool Parser::test_operator() {
  static constexpr std::string_view kOperators[] = {"&&", "||", "(", ")", "<", ">"};
  const std::string_view rest(p_, static_cast<std::size_t>(end_ - p_));
  for (const std::string_view op : kOperators) {
    if (!rest.starts_with(op)) continue;
    if ((op == "<" || op == ">") && ahead(1) == '(') return false;
    words_.push_back(verbatim(p_, p_ + op.size()));
    p_ += op.size();
    return true;
  }
  return false;
}

/// Behind "[[".
void Parser::test_command(Link link) {
  const char* begin = p_ - 2;
  Draft draft = begin_command(begin, link);
  draft.end = begin + 2;
  words_.push_back(verbatim(begin, draft.end));
  WordKind kind = WordKind::kArgument;
  for (bool open = true; open && !stopped_;) {
    skip_space();
    if (kind == WordKind::kArgument && test_operator()) {
      draft.end = p_;
      continue;
    }
    const char* here = p_;
    const Word next = word(kind);
    if (p_ == here) fail();  // also at the end of the text
    if (stopped_) break;
    words_.push_back(next);
    draft.end = p_;
    kind = !next.quoted && next.value == "=~" ? WordKind::kTestPattern : WordKind::kArgument;
    open = next.quoted || next.value != "]]";
  }
  while (!stopped_) {
    skip_blanks();
    const char* op = redirect_operator();
    if (op == nullptr) break;
    redirect(op);
    if (!stopped_) draft.end = p_;
  }
  finish_command(draft);
}

/// At "((" whose "))" is at `close`.
void Parser::arithmetic_command(const char* close, Link link) {
  const char* open = p_;
  const char* begin = open + 2;
  Draft draft = begin_command(open, link);
  draft.end = begin;
  words_.push_back(verbatim(open, begin));
  if (!stopped_) p_ = begin;
  Word expression = verbatim(begin, close);
  expression.expands = true;
  arithmetic(expression, close);
  if (!stopped_) {
    words_.push_back(expression);
    words_.push_back(verbatim(close, close + 2));
    draft.end = p_;
  }
  finish_command(draft);
  drop_redirects();
}

/// NAME=, NAME+= or NAME[…]= at p_: where the value begins, else null.
const char* Parser::assignment_value(const char*& name_end) const {
  if (p_ == end_ || !ascii::is_name_start(*p_)) return nullptr;
  const char* q = p_ + 1;
  while (q < end_ && ascii::is_name(*q)) ++q;
  name_end = q;
  if (q < end_ && *q == '[') {
    while (q < end_ && *q != ']' && char_class(*q) != CharClass::kDelimiter) ++q;
    if (q < end_) ++q;
  }
  if (q < end_ && *q == '+') ++q;
  return q < end_ && *q == '=' ? q + 1 : nullptr;
}

bool Parser::assignment() {
  const char* begin = p_;
  const char* name_end = nullptr;
  const char* value = assignment_value(name_end);
  if (value == nullptr) return false;
  Assignment assignment;
  assignment.name = std::string_view(begin, static_cast<std::size_t>(name_end - begin));
  p_ = value;
  if (looking_at('(')) {
    Word flags;
    array_elements(flags);
    assignment.value = verbatim(value, p_);
    assignment.value.quoted = flags.quoted;
    assignment.value.expands = flags.expands;
    assignment.value.globs = flags.globs;
  } else {
    assignment.value = word();
  }
  if (stopped_) return true;
  assignment.span = span(begin, p_);
  environment_.push_back(assignment);
  return true;
}

/// Behind the number or {name} of a redirection at p_, so at its < > or &; null when none is here.
const char* Parser::redirect_operator() const {
  if (p_ == end_) return nullptr;
  const char* q = p_;
  if (*q == '&') return end_ - q > 1 && q[1] == '>' ? q : nullptr;
  if (ascii::is_digit(*q)) {
    while (q < end_ && ascii::is_digit(*q)) ++q;
  } else if (*q == '{') {
    ++q;
    while (q < end_ && ascii::is_name(*q)) ++q;
    if (q == end_ || *q != '}') return nullptr;
    ++q;
  }
  if (q == end_ || (*q != '<' && *q != '>')) return nullptr;
  const bool substitutes = end_ - q > 1 && q[1] == '(';
  return substitutes ? nullptr : q;
}

void Parser::redirect(const char* op) {
  static constexpr std::string_view kOperators[] = {"&>>", "&>", "<<<", "<<-", "<<", "<&",
                                                    "<>",  "<",  ">>",  ">&",  ">|", ">"};
  const char* begin = p_;
  const std::string_view rest(op, static_cast<std::size_t>(end_ - op));
  std::string_view found;
  for (const std::string_view candidate : kOperators) {
    if (!rest.starts_with(candidate)) continue;
    found = candidate;
    break;
  }
  p_ = op + found.size();
  Redirect redirect;
  redirect.op = std::string_view(begin, static_cast<std::size_t>(p_ - begin));
  skip_blanks();
  const char* target = p_;
  redirect.target = word();
  if (p_ == target) fail();
  if (stopped_) return;
  redirect.span = span(begin, p_);
  if (found == "<<" || found == "<<-") {
    heredocs_.push_back({.delimiter = redirect.target.value,
                         .strips_tabs = found == "<<-",
                         .expands = !redirect.target.quoted});
  }
  redirects_.push_back(redirect);
}

}  // namespace plimsoll::shell
