#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/shell.h"

namespace plimsoll::shell {

/// One pass over the bytes, commands written to the Script as they are met.
///
///   list      = { newline } [ pipeline { ( ";" | "&" | "&&" | "||" | newline ) pipeline } ]
///   pipeline  = { "!" } command { ( "|" | "|&" ) command }
///   command   = simple | compound { redirect } | function
///   compound  = "(" list ")" | "{" list "}" | if | for | while | case | "[[" … "]]" | "((" … "))"
///   function  = [ "function" ] name "(" ")" compound
///   simple    = { assignment | redirect } { word | redirect }
///   word      = { plain | "\" any | '…' | "…" | $'…' | expansion }
///   expansion = $name | ${…} | $(list) | `list` | $((…)) | <(list) | >(list)
///
/// Words hold lists and lists hold words, so the two halves (shell_parser.cc and shell_simple.cc:
/// grammar; shell_word.cc and shell_expansion.cc: words) call each other; every such step counts a
/// Level, bounded by limits::kShellDepth. What is under construction lies on shared stacks (words_,
/// pieces_ …), which a nested step leaves as it found them; so a finished command allocates exactly
/// once per vector, and a word that needs no unquoting not at all.
class Parser {
 public:
  Parser(std::string_view text, Script& script);
  void run();

 private:
  enum class Token : std::uint8_t {
    kWord,  ///< nothing reserved: an ordinary command starts here
    kIf,
    kFor,
    kSelect,
    kWhile,
    kUntil,
    kCase,
    kOpenBrace,
    kTest,
    kFunction,
    kNot,
    kTime,
    // From here on: what ends a list.
    kThen,
    kElif,
    kElse,
    kFi,
    kDo,
    kDone,
    kEsac,
    kCloseBrace,
    kCloseParen,
    kCaseBreak,
    kEnd,
  };
  static bool ends_list(Token token) { return token >= Token::kThen; }

  /// How words end: kTestPattern is the right side of =~, where ( ) | < > are ordinary.
  enum class WordKind : std::uint8_t { kArgument, kTestPattern };

  /// The tie of the next command.
  struct Link {
    Connector connector = Connector::kFirst;
    std::uint32_t pipeline = 0;
  };

  /// What the commands met now inherit.
  struct Context {
    std::uint16_t depth = 0;
    bool in_substitution = false;
    bool in_condition = false;
    bool nested = false;
  };

  /// Where the bytes under p_ stand in the user's text.
  struct Source {
    bool exact = true;  ///< they are bytes of text_ itself
    Span stand_in;      ///< otherwise: the span that stands for every one of them
  };

  /// A command under construction: where its parts begin on the stacks.
  struct Draft {
    std::size_t index = 0;  ///< in script_.commands
    std::size_t words = 0;
    std::size_t environment = 0;
    std::size_t redirects = 0;
    const char* begin = nullptr;
    const char* end = nullptr;
  };

  /// The script among a command's arguments.
  struct NestedScript {
    std::string_view text;
    Span span;  ///< of the words it stands in
    bool expands = false;
    bool pipefail = false;
  };

  struct PendingHeredoc {
    std::string_view delimiter;
    bool strips_tabs = false;
    bool expands = false;  ///< unquoted delimiter: $( ) runs, a backslash joins lines
  };

  /// Counts one step down and restores the context on the way back.
  class Level {
   public:
    explicit Level(Parser& parser);
    ~Level();
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
    Context saved_;
  };

  /// Reads other bytes for a while. A heredoc announced before has its body behind them, not in
  /// them, so those wait.
  class Excursion {
   public:
    Excursion(Parser& parser, std::string_view bytes);
    ~Excursion();
    Excursion(const Excursion&) = delete;
    Excursion& operator=(const Excursion&) = delete;

   private:
    Parser& parser_;
    const char* here_;
    const char* end_;
    Source source_;
    std::vector<PendingHeredoc> heredocs_;
  };

  /// Forgets the commands of a substitution that is known already.
  class Muted {
   public:
    explicit Muted(Parser& parser);
    ~Muted();
    Muted(const Muted&) = delete;
    Muted& operator=(const Muted&) = delete;

   private:
    Parser& parser_;
    std::size_t commands_;
    bool saved_;
  };

  // Grammar: shell_parser.cc.
  Token list(Link link);
  Token list_until(Token wanted, Link link);
  Token take_token();
  void separator(Link& link, bool& wanted);
  void command(Token token, Link link);
  void compound(Token token, Link link);
  void if_clause(Link link);
  void loop(Link link);
  void for_loop(Link link);
  void do_group(Link link);
  void case_clause(Link link);
  void case_pattern();
  void subshell(Link link);
  void function_body(Link link);
  void named_function(Link link);
  void drop_redirects();
  bool take_word(std::string_view keyword);
  bool skip_word();
  Link fresh();

  // Simple commands: shell_simple.cc.
  void simple(Link link);
  bool function_after(const Draft& draft);
  void test_command(Link link);
  bool test_operator();
  void arithmetic_command(const char* close, Link link);
  bool assignment();
  const char* assignment_value(const char*& name_end) const;
  const char* redirect_operator() const;
  void redirect(const char* op);
  Draft begin_command(const char* begin, Link link);
  void finish_command(const Draft& draft);

  // Strings that are scripts: shell_nested.cc.
  static std::optional<NestedScript> shell_script(const Word* begin, const Word* end);
  static std::optional<NestedScript> su_script(const Word* begin, const Word* end);
  void run_nested(std::size_t index);
  void nested_script(std::size_t index, const NestedScript& nested);
  void forget_failure(std::size_t commands, const char* here);
  NestedScript eval_script(const Word* begin, const Word* end);
  [[nodiscard]] bool is_within_text(std::string_view value) const;
  void set_options(const Command& command);
  void note_pipefail(std::uint32_t from);
  Token read(std::string_view script, const Span* stand_in);

  // Between words: shell_space.cc.
  void skip_blanks();
  void skip_space();
  void heredoc_bodies();
  void heredoc_body(const PendingHeredoc& heredoc);
  void heredoc_expansions(std::string_view body);
  [[nodiscard]] bool ends_word(const char* at) const;
  [[nodiscard]] std::size_t continuation(const char* at) const;

  // Words and their quotes: shell_word.cc.
  Word word(WordKind kind = WordKind::kArgument);
  bool joins_word(Word& word, const char* begin, const char* run, WordKind kind,
                  std::uint32_t& parentheses);
  void finish_word(Word& word, const char* begin, const char* run, const char* end,
                   std::size_t pieces);
  Word verbatim(const char* begin, const char* end) const;
  void escape(const char*& run);
  void single_quoted();
  void double_quoted(Word& word);
  void dollar_quoted(Word& word);
  void piece(std::string_view text);
  void piece(const char* begin, const char* end) {
    if (begin < end) piece(std::string_view(begin, static_cast<std::size_t>(end - begin)));
  }
  std::string_view join(std::size_t from);
  std::string& room(std::size_t bytes);

  // $'…': shell_ansi.cc.
  void ansi_quoted();
  void ansi_escape();
  std::uint32_t number(std::uint32_t base, std::size_t digits);
  void code_point(std::uint32_t code);

  // Expansions: shell_expansion.cc.
  void dollar(Word& word, bool in_quotes);
  void braces(Word& word, bool in_quotes);
  void substitution(Word& word);
  void backticks(Word& word, bool in_quotes);
  void enter_substitution();
  void arithmetic(Word& word, const char* close);
  [[nodiscard]] const char* arithmetic_end(const char* begin) const;
  void balanced(Word& word, char open, char close);
  void array_elements(Word& array);

  [[nodiscard]] bool looking_at(char c) const { return p_ < end_ && *p_ == c; }
  [[nodiscard]] char ahead(std::size_t n) const {
    return static_cast<std::size_t>(end_ - p_) > n ? p_[n] : '\0';
  }
  [[nodiscard]] Span span(const char* begin, const char* end) const;
  void fail();      ///< not the grammar we know
  void truncate();  ///< a limit tripped
  void stop();

  std::string_view text_;
  Script& script_;
  const char* p_;
  const char* end_;
  Source source_;
  Context context_;
  std::size_t level_ = 0;
  std::uint32_t pipelines_ = 0;
  bool stopped_ = false;
  bool pipefail_ = false;
  bool empty_list_ = false;  ///< of the list read last
  /// Substitutions of a nested "…" string: the outer shell ran them and they are recorded already.
  bool substitutions_known_ = false;
  /// Inside such a substitution. Nested strings there stay closed: they would be read once
  /// more per level, 2^depth times in all.
  bool muted_ = false;

  std::vector<Word> words_;
  std::vector<Assignment> environment_;
  std::vector<Redirect> redirects_;
  std::vector<std::string_view> pieces_;  ///< of the values of words under construction
  std::vector<PendingHeredoc> heredocs_;
};

}  // namespace plimsoll::shell
