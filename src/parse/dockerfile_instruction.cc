#include "parse/dockerfile_instruction.h"

#include <memory>
#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_keyword.h"
#include "parse/dockerfile_problem.h"
#include "parse/dockerfile_words.h"

namespace plimsoll::dockerfile {
namespace {

std::uint32_t size_of(std::string_view text) {
  return static_cast<std::uint32_t>(text.size());
}

std::uint32_t skip_space(std::string_view text, std::uint32_t at) {
  while (at < text.size() && ascii::is_space(text[at])) ++at;
  return at;
}

std::uint32_t word_end(std::string_view text, std::uint32_t at) {
  while (at < text.size() && !ascii::is_space(text[at])) ++at;
  return at;
}

class InstructionParser {
 public:
  explicit InstructionParser(Dockerfile& file) : file_(file), syntax_{file.escape, &file.arena} {}

  void parse(const LogicalText& line, Instruction& instruction) const {
    const std::uint32_t keyword_end = parse_head(line, instruction);
    const std::uint32_t args = parse_flags(line, keyword_end, syntax_, instruction.flags);
    instruction.args = line.part(args, size_of(line.text));
    if (instruction.keyword == Keyword::kOnbuild) {
      parse_onbuild(instruction);
    } else {
      parse_arguments(instruction);
    }
  }

 private:
  /// Keyword and spans. Returns the keyword's logical end.
  std::uint32_t parse_head(const LogicalText& line, Instruction& instruction) const {
    const std::uint32_t end = word_end(line.text, 0);
    instruction.keyword = parse_keyword(line.text.substr(0, end));
    instruction.keyword_span = line.source(Span{0, end});
    instruction.keyword_text = file_.source->slice(instruction.keyword_span);
    instruction.span = line.source(Span{0, size_of(line.text)});
    instruction.full_span = instruction.span;
    return end;
  }

  void parse_onbuild(Instruction& onbuild) const {
    if (onbuild.args.text.empty()) return;
    onbuild.inner = std::make_unique<Instruction>();
    Instruction& inner = *onbuild.inner;
    inner.onbuild = true;
    const std::uint32_t keyword_end = parse_head(onbuild.args, inner);
    const std::uint32_t args = parse_flags(onbuild.args, keyword_end, syntax_, inner.flags);
    inner.args = onbuild.args.part(args, size_of(onbuild.args.text));
    // BuildKit refuses ONBUILD ONBUILD, so there is never more than this one level.
    if (inner.keyword != Keyword::kOnbuild) parse_arguments(inner);
  }

  void parse_arguments(Instruction& instruction) const {
    switch (instruction.keyword) {
      case Keyword::kRun:
      case Keyword::kCmd:
      case Keyword::kEntrypoint: parse_exec(instruction); break;
      case Keyword::kAdd:
      case Keyword::kCopy:
      case Keyword::kVolume:
      case Keyword::kShell:
        if (!parse_exec(instruction)) parse_words(instruction.args, syntax_, instruction.words);
        break;
      case Keyword::kEnv:
      case Keyword::kLabel: parse_pairs(instruction, true); break;
      case Keyword::kArg: parse_pairs(instruction, false); break;
      case Keyword::kHealthcheck: parse_healthcheck(instruction); break;
      default: parse_words(instruction.args, syntax_, instruction.words);
    }
  }

  bool parse_exec(Instruction& instruction) const {
    const ExecForm form = parse_exec_form(instruction.args, syntax_, instruction.words);
    instruction.exec_form = form == ExecForm::kStrings;
    if (form == ExecForm::kNotStrings) {
      report(file_, instruction.span, "a JSON array here must hold strings only");
    }
    return instruction.exec_form;
  }

  void parse_pairs(Instruction& instruction, bool may_be_legacy) const {
    parse_quoted_words(instruction.args, syntax_, instruction.words);
    parse_assignments(instruction.args, instruction.words, may_be_legacy, syntax_,
                      instruction.assignments);
  }

  /// The type word, and the rest of the line as its arguments.
  void parse_healthcheck(Instruction& healthcheck) const {
    const LogicalText& args = healthcheck.args;
    const std::uint32_t end = word_end(args.text, 0);
    if (end == 0) return;
    const std::string_view type = args.text.substr(0, end);
    healthcheck.words.push_back({args.source(Span{0, end}), type, type});
    const bool is_command = ascii::iequals(type, "cmd");
    if (!is_command && !ascii::iequals(type, "none")) return;
    healthcheck.inner = std::make_unique<Instruction>();
    Instruction& inner = *healthcheck.inner;
    parse_head(args, inner);
    inner.onbuild = healthcheck.onbuild;
    inner.args = args.part(skip_space(args.text, end), size_of(args.text));
    if (is_command) parse_exec(inner);
  }

  Dockerfile& file_;
  WordSyntax syntax_;
};

}  // namespace

void parse_instruction(Dockerfile& file, const LogicalText& line, Instruction& instruction) {
  InstructionParser(file).parse(line, instruction);
}

Instruction* heredoc_owner(Instruction& instruction) {
  Instruction* owner =
      instruction.keyword == Keyword::kOnbuild ? instruction.inner.get() : &instruction;
  if (owner == nullptr || owner->exec_form) return nullptr;
  const bool takes_heredoc = owner->keyword == Keyword::kRun || owner->keyword == Keyword::kCopy ||
                             owner->keyword == Keyword::kAdd;
  return takes_heredoc ? owner : nullptr;
}

}  // namespace plimsoll::dockerfile
