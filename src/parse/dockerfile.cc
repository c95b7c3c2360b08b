#include "parse/dockerfile.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/dockerfile_check.h"
#include "parse/dockerfile_content.h"
#include "parse/dockerfile_heredocs.h"
#include "parse/dockerfile_instruction.h"
#include "parse/dockerfile_lines.h"
#include "parse/dockerfile_problem.h"
#include "parse/dockerfile_script.h"
#include "parse/dockerfile_stages.h"

namespace plimsoll::dockerfile {
namespace {

constexpr std::size_t kMaxReserved = 4096;

/// Upper bound for usual files: instructions stand at the start of a line. Moving an instruction is
/// dear, so the list should not grow step by step.
std::size_t guess_instructions(std::string_view text) {
  std::size_t count = 1;
  for (std::size_t at = 0; at < text.size();) {
    count += ascii::is_alpha(text[at]) ? 1U : 0U;
    const auto* newline =
        static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at));
    if (newline == nullptr) break;
    at = static_cast<std::size_t>(newline - text.data()) + 1;
  }
  return std::min(count, kMaxReserved);
}

class Parser {
 public:
  Parser(const SourceFile& source, Dockerfile& file)
      : source_(source), file_(file), lines_(source.text(), file), stages_(file) {}

  void run() {
    file_.instructions.reserve(guess_instructions(source_.text()));
    LogicalLine line;
    while (lines_.next(line)) {
      if (!add(line)) break;
    }
    stages_.finish();
    index_global_args();
    check_file(file_);
    std::stable_sort(file_.problems.begin(), file_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.span < b.span; });
  }

 private:
  /// False when the rest of the file must not be read.
  bool add(const LogicalLine& line) {
    if (file_.instructions.size() == limits::kDockerfileInstructions) {
      reject(file_, line.extent,
             "more than " + std::to_string(limits::kDockerfileInstructions) + " instructions");
      return false;
    }
    const auto index = static_cast<std::uint32_t>(file_.instructions.size());
    Instruction& instruction = file_.instructions.emplace_back();
    parse_instruction(file_, line.text, instruction);
    instruction.full_span = line.extent;
    const bool closed = read_heredocs(line, instruction);
    stages_.enter(instruction, index);
    parse_scripts(instruction);
    check_instruction(file_, instruction);
    if (file_.stages.size() > limits::kDockerfileStages) {
      reject(file_, instruction.span,
             "more than " + std::to_string(limits::kDockerfileStages) + " stages");
      return false;
    }
    return closed;
  }

  bool read_heredocs(const LogicalLine& line, Instruction& instruction) {
    Instruction* owner = heredoc_owner(instruction);
    if (owner == nullptr) return true;
    owner->heredocs = find_heredocs(line.text.text, file_.arena);
    for (std::size_t i = 0; i < owner->heredocs.size(); ++i) {
      Heredoc& heredoc = owner->heredocs[i];
      lines_.read_body(heredoc);
      instruction.full_span.end = owner->full_span.end = heredoc.span.end;
      if (heredoc.closed) continue;
      reject(file_, owner->span, "heredoc " + quoted(heredoc.name) + " is never closed");
      owner->heredocs.resize(i + 1);
      return false;
    }
    return true;
  }

  void parse_scripts(Instruction& instruction) {
    for (Instruction* at = &instruction; at != nullptr; at = at->inner.get()) {
      if (at->keyword == Keyword::kRun || at->keyword == Keyword::kCmd ||
          at->keyword == Keyword::kEntrypoint) {
        parse_script(*at, stages_.dialect(), file_.arena);
      }
    }
  }

  void index_global_args() {
    for (std::uint32_t i = 0; i < file_.instructions.size(); ++i) {
      const Instruction& instruction = file_.instructions[i];
      if (instruction.keyword == Keyword::kFrom) break;
      if (instruction.keyword != Keyword::kArg) continue;
      for (std::uint32_t k = 0; k < instruction.assignments.size(); ++k) {
        const Assignment& arg = instruction.assignments[k];
        const auto [slot, fresh] =
            file_.global_args.try_emplace(arg.name, Dockerfile::GlobalArg{i, k});
        // A later `ARG NAME` does not take the default away.
        if (!fresh && arg.has_value) slot->second = {i, k};
      }
    }
  }

  const SourceFile& source_;
  Dockerfile& file_;
  LineReader lines_;
  StageTracker stages_;
};

}  // namespace

Dockerfile parse(const SourceFile& source) {
  Dockerfile file;
  file.source = &source;
  if (source.text().size() > limits::kDockerfileBytes) {
    reject(file, {0, 0}, "larger than " + std::to_string(limits::kDockerfileBytes) + " bytes");
  } else if (is_binary(source.text())) {
    reject(file, {0, 0}, "binary content, not a Dockerfile");
  } else {
    Parser(source, file).run();
  }
  return file;
}

const Flag* Instruction::flag(std::string_view name) const {
  const auto found =
      std::find_if(flags.begin(), flags.end(), [&](const Flag& f) { return f.name == name; });
  return found == flags.end() ? nullptr : &*found;
}

const Assignment* Instruction::assignment(std::string_view name) const {
  const auto found = std::find_if(assignments.begin(), assignments.end(),
                                  [&](const Assignment& a) { return a.name == name; });
  return found == assignments.end() ? nullptr : &*found;
}

const Stage* Dockerfile::find_stage(std::string_view name_or_index) const {
  if (ascii::is_number(name_or_index)) {
    std::size_t index = stages.size();
    const char* const end = name_or_index.data() + name_or_index.size();
    const auto [rest, error] = std::from_chars(name_or_index.data(), end, index);
    return error == std::errc() && index < stages.size() ? &stages[index] : nullptr;
  }
  if (name_or_index.empty()) return nullptr;
  // The last of that name hides the earlier ones, as in BuildKit.
  const auto found = std::find_if(stages.rbegin(), stages.rend(), [&](const Stage& s) {
    return ascii::iequals(s.name, name_or_index);
  });
  return found == stages.rend() ? nullptr : &*found;
}

const Stage* Dockerfile::target_stage(std::string_view target) const {
  if (const Stage* stage = find_stage(target)) return stage;
  return stages.empty() ? nullptr : &stages.back();
}

const Assignment* Dockerfile::global_arg(std::string_view name) const {
  const auto found = global_args.find(name);
  if (found == global_args.end()) return nullptr;
  return &instructions[found->second.instruction].assignments[found->second.assignment];
}

std::vector<const Stage*> Dockerfile::lineage(const Stage& stage) const {
  std::vector<const Stage*> line;
  // A parent is always an earlier stage, so this ends.
  for (const Stage* at = &stage;; at = &stages[*at->parent]) {
    line.push_back(at);
    if (!at->parent) return line;
  }
}

}  // namespace plimsoll::dockerfile
