#include "parse/dockerfile_invariants.h"

#include <algorithm>
#include <vector>

#include "core/limits.h"
#include "parse/dockerfile_space.h"

namespace plimsoll::dockerfile {
namespace {

class Checker {
 public:
  explicit Checker(const Dockerfile& file) : file_(file), text_(file.source->text()) {}

  std::string run() {
    std::uint32_t end = 0;
    for (const Instruction& instruction : file_.instructions) {
      expect(instruction.full_span.begin >= end, "instructions overlap");
      end = instruction.full_span.end;
      for (const Instruction* at = &instruction; at != nullptr; at = at->inner.get()) {
        expect(instruction.full_span.contains(at->full_span), "inner outside its instruction");
        check_instruction(*at);
      }
    }
    check_stages();
    check_rest();
    return broken_;
  }

 private:
  void expect(bool holds, const char* what) {
    if (!holds && broken_.empty()) broken_ = what;
  }

  void check_instruction(const Instruction& at) {
    expect(at.full_span.end <= text_.size(), "instruction outside the file");
    expect(at.full_span.contains(at.span), "span outside full_span");
    expect(at.span.contains(at.keyword_span), "keyword outside its instruction");
    expect(file_.source->slice(at.keyword_span) == at.keyword_text, "keyword_text");
    check_text(at.args, at.span);
    expect(at.full_span.contains(at.source({0, size_of(at.script_text.text)})) ||
               at.script_text.text.empty(),
           "script outside its instruction");
    std::uint32_t end = at.keyword_span.end;
    for (const Flag& flag : at.flags) end = check_part(at, flag.span, end);
    for (const Word& word : at.words) end = check_part(at, word.span, end);
    for (const Assignment& assignment : at.assignments) {
      expect(at.span.contains(assignment.span), "assignment outside its instruction");
      expect(assignment.span.contains(assignment.name_span), "name outside its assignment");
      expect(assignment.span.contains(assignment.value_span), "value outside its assignment");
    }
    end = at.span.end;
    for (const Heredoc& heredoc : at.heredocs) {
      expect(heredoc.span.begin >= end, "heredocs overlap");
      expect(at.full_span.contains(heredoc.span), "heredoc outside its instruction");
      end = heredoc.span.end;
    }
  }

  std::uint32_t check_part(const Instruction& at, Span part, std::uint32_t end) {
    expect(part.begin >= end, "parts overlap");
    expect(at.span.contains(part), "part outside its instruction");
    return part.end;
  }

  void check_text(const LogicalText& logical, Span span) {
    for (std::uint32_t i = 0; i < logical.text.size(); ++i) {
      const std::uint32_t source = logical.source(i);
      expect(source >= span.begin && source < span.end, "argument outside its instruction");
      expect(source < text_.size() && text_[source] == logical.text[i], "argument's bytes");
    }
  }

  void check_stages() {
    std::uint32_t end = 0;
    for (const Stage& stage : file_.stages) {
      expect(stage.from >= end && stage.end > stage.from, "stages overlap");
      expect(!stage.parent || *stage.parent < stage.index, "a stage on a later one");
      end = stage.end;
    }
    expect(end <= file_.instructions.size(), "stage outside the file");
  }

  void check_rest() {
    const bool stopped = file_.problems.size() >= limits::kFindingsPerFile ||
                         std::any_of(file_.problems.begin(), file_.problems.end(),
                                     [](const Problem& p) { return p.fatal; });
    if (stopped) return;  // then the rest of the file was not read, or not all is told
    std::vector<bool> known(text_.size());
    const auto mark = [&known](Span span) {
      std::fill(known.begin() + span.begin, known.begin() + span.end, true);
    };
    if (text_.starts_with("\xEF\xBB\xBF")) mark({0, 3});
    for (const Instruction& instruction : file_.instructions) mark(instruction.full_span);
    for (const Directive& directive : file_.directives) mark(directive.span);
    for (const Comment& comment : file_.comments) mark(comment.span);
    for (const Problem& problem : file_.problems) mark(problem.span);
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t size = known[at] ? 1 : space_size(text_.substr(at));
      expect(size != 0, "bytes that belong to nothing");
      at += std::max<std::size_t>(size, 1);
    }
  }

  static std::uint32_t size_of(std::string_view text) {
    return static_cast<std::uint32_t>(text.size());
  }

  const Dockerfile& file_;
  std::string_view text_;
  std::string broken_;
};

}  // namespace

std::string broken_invariant(const Dockerfile& file) {
  return Checker(file).run();
}

}  // namespace plimsoll::dockerfile
