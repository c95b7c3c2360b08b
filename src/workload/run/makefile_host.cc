#include "workload/run/makefile_host.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "workload/run/embedded_script.h"
#include "workload/run/expand.h"
#include "workload/run/shell_host.h"
#include "workload/run/variables.h"

namespace plimsoll::run {
namespace {

/// A line with the lines a backslash at its end joins to it.
struct LogicalLine {
  Span span;
  bool is_recipe = false;
};

bool is_make_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), ascii::is_name);
}

/// Recipe text or a value as the shell gets it: `$$` is `$`; $(NAME) becomes ${NAME}, so that the
/// variable is found among the known ones; calls ($(shell …), $(if …)) become something unknown.
class MakeText {
 public:
  MakeText(const SourceFile& file, Span span)
      : builder_(file), text_(file.slice(span)), source_(span.begin) {}

  [[nodiscard]] EmbeddedScript read() {
    std::size_t copied = 0;
    for (std::size_t i = 0; i + 1 < text_.size(); ++i) {
      if (text_[i] != '$') continue;
      const char next = text_[i + 1];
      if (next == '$') {
        copy(copied, i);
        copied = ++i;
      } else if (next == '(' || next == '{') {
        copy(copied, i);
        copied = i;
        i = reference(i, next == '(' ? ')' : '}');
        copy(copied, i);
        copied = i--;
      }
    }
    copy(copied, text_.size());
    EmbeddedScript script = builder_.take();
    script.dialect = shell::Dialect::kPosix;
    for (const Reference& reference : references_) rewrite(script.text, reference);
    return script;
  }

 private:
  struct Reference {
    std::size_t begin = 0;  ///< in the script
    std::size_t end = 0;
    bool is_name = false;
  };

  void copy(std::size_t begin, std::size_t end) {
    builder_.add(
        {source_ + static_cast<std::uint32_t>(begin), source_ + static_cast<std::uint32_t>(end)});
  }

  /// At "$(". @return one past its ")"
  std::size_t reference(std::size_t begin, char closes) {
    const char opens = text_[begin + 1];
    std::size_t depth = 0;
    std::size_t end = begin + 1;
    for (; end < text_.size(); ++end) {
      if (text_[end] == opens) ++depth;
      if (text_[end] == closes && --depth == 0) break;
    }
    if (end == text_.size()) return end;  // Make would stop here
    ++end;
    const bool is_name = is_make_name(text_.substr(begin + 2, end - begin - 3));
    references_.push_back({builder_.size(), builder_.size() + end - begin, is_name});
    return end;
  }

  static void rewrite(std::string& text, const Reference& reference) {
    if (!reference.is_name) return blank_out(text, reference.begin, reference.end);
    text[reference.begin + 1] = '{';
    text[reference.end - 1] = '}';
  }

  ScriptBuilder builder_;
  std::string_view text_;
  std::uint32_t source_;
  std::vector<Reference> references_;
};

class MakefileHost {
 public:
  MakefileHost(const SourceFile& file, RunLines& out) : file_(file), out_(out) {}

  void run() {
    std::vector<Span> recipes;
    for (std::uint32_t index = 0; index < file_.line_count();) {
      const LogicalLine line = logical_line(index);
      if (line.is_recipe) {
        recipes.push_back(line.span);
      } else {
        plain_line(file_.slice(line.span), line.span.begin);
      }
    }
    // Make reads all of the file before it runs a recipe.
    for (const Span recipe : recipes) {
      if (!out_.is_full()) read_recipe(recipe);
    }
  }

 private:
  /// @param index  moves behind it
  LogicalLine logical_line(std::uint32_t& index) {
    LogicalLine line;
    line.span = file_.line_span(index);
    line.is_recipe = file_.slice(line.span).starts_with('\t');
    while (file_.slice(file_.line_span(index)).ends_with('\\') && index + 1 < file_.line_count()) {
      line.span.end = file_.line_span(++index).end;
    }
    ++index;
    return line;
  }

  void plain_line(std::string_view text, std::uint32_t begin) {
    const std::string_view trimmed = ascii::trim(text);
    const std::string_view word = trimmed.substr(0, trimmed.find_first_of(" \t("));
    if (word == "ifeq" || word == "ifneq" || word == "ifdef" || word == "ifndef") {
      ++conditionals_;
    } else if (word == "endif") {
      conditionals_ -= conditionals_ > 0 ? 1 : 0;
    } else {
      assignment(text, begin);
    }
  }

  /// [export|override] NAME op value
  void assignment(std::string_view text, std::uint32_t begin) {
    std::size_t at = 0;
    const auto skip_blanks = [&] {
      while (at < text.size() && ascii::is_blank(text[at])) ++at;
    };
    std::string_view name;
    do {
      skip_blanks();
      const std::size_t start = at;
      while (at < text.size() && ascii::is_name(text[at])) ++at;
      name = text.substr(start, at - start);
    } while (name == "export" || name == "override");
    skip_blanks();
    const std::size_t op_begin = at;
    while (at < text.size() && std::string_view(":?+!").find(text[at]) != std::string_view::npos) {
      ++at;
    }
    if (name.empty() || at == text.size() || text[at] != '=') return;
    const std::string_view op = text.substr(op_begin, at - op_begin);
    ++at;
    skip_blanks();
    std::size_t end = std::min(text.find('#', at), text.size());
    while (end > at && ascii::is_space(text[end - 1])) --end;
    define(name, op,
           {begin + static_cast<std::uint32_t>(at), begin + static_cast<std::uint32_t>(end)});
  }

  void define(std::string_view name, std::string_view op, Span value) {
    if (op == "?" && variables_.is_assigned(name)) return;
    const bool plain = op.empty() || op == ":" || op == "::" || op == "?";
    // What a conditional assigns, its other branch may assign differently.
    if (!plain || conditionals_ > 0) return variables_.forget(name);
    const EmbeddedScript script = MakeText(file_, value).read();
    WordText word;
    word.raw = script.text;
    word.original = script.original;
    word.file = &file_;
    word.map = &script.map;
    word.span = value;
    variables_.assign(name, expand_value(word, variables_));
  }

  void read_recipe(Span span) {
    std::string_view text = file_.slice(span);
    while (!text.empty() &&
           (ascii::is_blank(text[0]) || text[0] == '@' || text[0] == '-' || text[0] == '+')) {
      text.remove_prefix(1);
      ++span.begin;
    }
    const bool may_run = ascii::contains(text, "run") || ascii::contains(text, "create") ||
                         ascii::contains(text, "$(") || ascii::contains(text, "${");
    if (!may_run) return;
    const EmbeddedScript script = MakeText(file_, span).read();
    Variables variables(&variables_);  // every recipe line has a shell of its own
    read_shell(file_, script, variables, out_);
  }

  const SourceFile& file_;
  RunLines& out_;
  Variables variables_;
  unsigned conditionals_ = 0;
};

}  // namespace

void read_makefile(const SourceFile& file, RunLines& out) {
  MakefileHost(file, out).run();
}

}  // namespace plimsoll::run
