#include "parse/shell_parser.h"

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/shell_chars.h"

namespace plimsoll::shell {
namespace {

/// Commands with more words at a time are few.
constexpr std::size_t kUsualWords = 32;

}  // namespace

Parser::Parser(std::string_view text, Script& script)
    : text_(text), script_(script), p_(text.data()), end_(text.data() + text.size()) {
  words_.reserve(kUsualWords);
}

void Parser::run() {
  if (list_until(Token::kEnd, fresh()) != Token::kEnd) fail();
}

Parser::Level::Level(Parser& parser) : parser_(parser), saved_(parser.context_) {
  if (++parser_.level_ > limits::kShellDepth) parser_.truncate();
}

Parser::Level::~Level() {
  --parser_.level_;
  parser_.context_ = saved_;
}

Parser::Excursion::Excursion(Parser& parser, std::string_view bytes)
    : parser_(parser), here_(parser.p_), end_(parser.end_), source_(parser.source_) {
  heredocs_.swap(parser.heredocs_);
  if (parser.stopped_) return;
  parser.p_ = bytes.data();
  parser.end_ = bytes.data() + bytes.size();
}

Parser::Excursion::~Excursion() {
  heredocs_.swap(parser_.heredocs_);
  parser_.source_ = source_;
  parser_.end_ = end_;
  parser_.p_ = parser_.stopped_ ? end_ : here_;
}

Parser::Muted::Muted(Parser& parser)
    : parser_(parser), commands_(parser.script_.commands.size()), saved_(parser.muted_) {
  if (parser.substitutions_known_) parser.muted_ = true;
}

Parser::Muted::~Muted() {
  if (parser_.substitutions_known_) parser_.script_.commands.resize(commands_);
  parser_.muted_ = saved_;
}

void Parser::stop() {
  stopped_ = true;
  p_ = end_;
}

void Parser::fail() {
  if (!stopped_) script_.understood = false;
  stop();
}

void Parser::truncate() {
  script_.truncated = true;
  stop();
}

Span Parser::span(const char* begin, const char* end) const {
  if (!source_.exact) return source_.stand_in;
  return {static_cast<std::uint32_t>(begin - text_.data()),
          static_cast<std::uint32_t>(end - text_.data())};
}

Parser::Link Parser::fresh() {
  return {Connector::kFirst, pipelines_++};
}

// Reserved words stand alone, unquoted, where a command may begin.
Parser::Token Parser::take_token() {
  struct Reserved {
    std::string_view text;
    Token token;
  };
  static constexpr Reserved kReserved[] = {
      {"if", Token::kIf},
      {"then", Token::kThen},
      {"elif", Token::kElif},
      {"else", Token::kElse},
      {"fi", Token::kFi},
      {"for", Token::kFor},
      {"do", Token::kDo},
      {"done", Token::kDone},
      {"while", Token::kWhile},
      {"until", Token::kUntil},
      {"case", Token::kCase},
      {"esac", Token::kEsac},
      {"select", Token::kSelect},
      {"[[", Token::kTest},
      {"{", Token::kOpenBrace},
      {"}", Token::kCloseBrace},
      {"!", Token::kNot},
      {"time", Token::kTime},
      {"function", Token::kFunction},
  };
  static constexpr std::size_t kLongest = 8;

  if (p_ == end_) return Token::kEnd;
  if (*p_ == ')') {
    ++p_;
    return Token::kCloseParen;
  }
  if (*p_ == ';' && (ahead(1) == ';' || ahead(1) == '&')) {
    p_ += ahead(1) == ';' && ahead(2) == '&' ? 3 : 2;  // ;; ;& ;;&
    return Token::kCaseBreak;
  }
  // Most commands begin with none of these letters.
  static constexpr ByteSet kInitials("itefdwucs[{}!");
  if (!kInitials.has(*p_)) return Token::kWord;
  const char* q = p_;
  while (q < end_ && static_cast<std::size_t>(q - p_) <= kLongest &&
         (ascii::is_lower(*q) || *q == '[' || *q == '{' || *q == '}' || *q == '!')) {
    ++q;
  }
  if (!ends_word(q) && continuation(q) == 0) return Token::kWord;
  const std::string_view text(p_, static_cast<std::size_t>(q - p_));
  for (const Reserved& reserved : kReserved) {
    if (reserved.text != text) continue;
    p_ = q;
    return reserved.token;
  }
  return Token::kWord;
}

/// Takes `keyword` when it is the next word (`in`, which is reserved in two places only).
bool Parser::take_word(std::string_view keyword) {
  if (static_cast<std::size_t>(end_ - p_) < keyword.size() ||
      std::string_view(p_, keyword.size()) != keyword) {
    return false;
  }
  const char* after = p_ + keyword.size();
  if (!ends_word(after) && continuation(after) == 0) return false;
  p_ = after;
  return true;
}

// What follows calls itself by way of `compound`, where Level (limits::kShellDepth) bounds it.
// NOLINTBEGIN(misc-no-recursion)

/// Reads to the reserved word or operator that ends the list, and takes it too.
Parser::Token Parser::list(Link link) {
  const bool condition = context_.in_condition;
  bool wanted = false;  // a command must follow: after && || | !
  bool empty = true;
  Token token = Token::kEnd;
  while (!stopped_) {
    skip_space();
    token = take_token();
    if (ends_list(token)) {
      if (wanted) fail();
      break;
    }
    if (token == Token::kNot) {
      context_.in_condition = true;
      wanted = true;
      continue;
    }
    wanted = false;
    empty = false;
    command(token, link);
    skip_blanks();
    separator(link, wanted);
    if (link.connector != Connector::kPipe) context_.in_condition = condition;
  }
  context_.in_condition = condition;
  empty_list_ = empty;
  return stopped_ ? Token::kEnd : token;
}

Parser::Token Parser::list_until(Token wanted, Link link) {
  const Token token = list(link);
  if (token != wanted) fail();
  // `( )` and `then fi` are errors; an empty file is not.
  if (empty_list_ && wanted != Token::kEnd) fail();
  return token;
}

/// After a command: what ties the next one to it.
void Parser::separator(Link& link, bool& wanted) {
  if (p_ == end_) return;
  const auto next = [&](Connector connector, std::size_t length, bool same_pipeline = false) {
    p_ += length;
    link = {connector, same_pipeline ? link.pipeline : pipelines_++};
    wanted = connector == Connector::kAnd || connector == Connector::kOr || same_pipeline;
  };
  switch (*p_) {
    case '\n': next(Connector::kSequence, 0); return;  // skip_space knows about heredocs
    case ';':
      if (ahead(1) == ';' || ahead(1) == '&') return;
      next(Connector::kSequence, 1);
      return;
    case '&':
      if (ahead(1) == '&') return next(Connector::kAnd, 2);
      return next(Connector::kBackground, 1);
    case '|':
      if (ahead(1) == '|') return next(Connector::kOr, 2);
      return next(Connector::kPipe, ahead(1) == '&' ? 2 : 1, true);
    case ')': return;
    default: break;
  }
  // Behind a compound command the next reserved word may follow at once: `{ { a; } }`.
  const char* here = p_;
  if (!ends_list(take_token())) return fail();
  p_ = here;
}

void Parser::command(Token token, Link link) {
  switch (token) {
    case Token::kWord:
      if (looking_at('(')) {
        if (ahead(1) == '(') {
          if (const char* close = arithmetic_end(p_ + 2)) return arithmetic_command(close, link);
        }
        return compound(token, link);
      }
      return simple(link);
    case Token::kTime: {
      // A reserved word only before a compound command; otherwise a wrapper like any other.
      const char* here = p_;
      skip_blanks();
      if (take_word("-p")) skip_blanks();
      const bool opens = looking_at('(');
      const Token next = opens ? Token::kWord : take_token();
      if (opens || (next != Token::kWord && next != Token::kTime && !ends_list(next))) {
        return compound(next, link);
      }
      p_ = here - std::string_view("time").size();
      return simple(link);
    }
    case Token::kTest: return test_command(link);
    case Token::kFunction: return named_function(link);
    default: return compound(token, link);
  }
}

void Parser::compound(Token token, Link link) {
  {
    const Level level(*this);
    ++context_.depth;
    switch (token) {
      case Token::kWord: subshell(link); break;
      case Token::kOpenBrace: list_until(Token::kCloseBrace, link); break;
      case Token::kIf: if_clause(link); break;
      case Token::kWhile:
      case Token::kUntil: loop(link); break;
      case Token::kFor:
      case Token::kSelect: for_loop(link); break;
      case Token::kCase: case_clause(link); break;
      case Token::kTest: test_command(link); break;
      default: fail();
    }
  }
  drop_redirects();
}

void Parser::subshell(Link link) {
  ++p_;
  const bool outer = pipefail_;
  list_until(Token::kCloseParen, link);
  pipefail_ = outer;
}

void Parser::if_clause(Link link) {
  const bool outer = context_.in_condition;
  while (!stopped_) {
    context_.in_condition = true;
    list_until(Token::kThen, link);
    context_.in_condition = outer;
    const Token token = list(fresh());
    if (empty_list_) fail();
    if (token == Token::kFi) return;
    if (token == Token::kElse) {
      list_until(Token::kFi, fresh());
      return;
    }
    if (token != Token::kElif) fail();
    link = fresh();
  }
}

void Parser::loop(Link link) {
  const bool outer = context_.in_condition;
  context_.in_condition = true;
  list_until(Token::kDo, link);
  context_.in_condition = outer;
  list_until(Token::kDone, fresh());
}

/// `do list done`, or bash's `{ list }`.
void Parser::do_group(Link link) {
  skip_space();
  const Token token = take_token();
  if (token == Token::kDo) {
    list_until(Token::kDone, link);
  } else if (token == Token::kOpenBrace) {
    list_until(Token::kCloseBrace, link);
  } else {
    fail();
  }
}

void Parser::for_loop(Link link) {
  skip_blanks();
  if (looking_at('(') && ahead(1) == '(') {
    const char* close = arithmetic_end(p_ + 2);
    if (close == nullptr) return fail();
    Word unused;
    p_ += 2;
    arithmetic(unused, close);
  } else {
    if (!skip_word()) return fail();
    skip_space();
    if (take_word("in")) {
      for (skip_blanks(); p_ < end_ && *p_ != ';' && *p_ != '\n'; skip_blanks()) {
        if (!skip_word()) return fail();
      }
    }
  }
  skip_blanks();
  if (looking_at(';')) ++p_;
  do_group(link);
}

/// Reads a word only for the commands in it.
bool Parser::skip_word() {
  const char* begin = p_;
  word();
  return p_ != begin;
}

void Parser::case_clause(Link link) {
  skip_blanks();
  if (!skip_word()) return fail();
  skip_space();
  if (!take_word("in")) return fail();
  while (!stopped_) {
    skip_space();
    if (take_word("esac")) return;
    case_pattern();
    const Token token = list(link);
    if (token == Token::kEsac) return;
    if (token != Token::kCaseBreak) return fail();
    link = fresh();
  }
}

/// [ "(" ] word { "|" word } ")"
void Parser::case_pattern() {
  if (looking_at('(')) ++p_;
  for (;;) {
    skip_blanks();
    if (!skip_word()) return fail();
    skip_blanks();
    if (looking_at(')')) {
      ++p_;
      return;
    }
    if (!looking_at('|')) return fail();
    ++p_;
  }
}

void Parser::named_function(Link link) {
  skip_blanks();
  if (!skip_word()) return fail();
  skip_blanks();
  if (looking_at('(')) {
    ++p_;
    skip_blanks();
    if (!looking_at(')')) return fail();
    ++p_;
  }
  function_body(link);
}

void Parser::function_body(Link link) {
  skip_space();
  const Token token = take_token();
  if (token == Token::kWord && !looking_at('(')) return fail();
  compound(token, link);
}

// NOLINTEND(misc-no-recursion)

void Parser::drop_redirects() {
  const std::size_t kept = redirects_.size();
  for (;;) {
    skip_blanks();
    const char* op = redirect_operator();
    if (op == nullptr) break;
    redirect(op);
  }
  redirects_.resize(kept);
}

}  // namespace plimsoll::shell
