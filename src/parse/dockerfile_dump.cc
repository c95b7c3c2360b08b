#include <string>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {
namespace {

std::string bracketed(std::string_view text) {
  return "⟨" + std::string(text) + "⟩";
}

void dump_assignments(const Instruction& instruction, std::string& out) {
  for (const Assignment& assignment : instruction.assignments) {
    out += ' ';
    out += assignment.name;
    if (!assignment.has_value) continue;
    out += assignment.legacy ? " " : "=";
    out += bracketed(assignment.value);
  }
}

void dump_words(const Instruction& instruction, std::string& out) {
  if (instruction.exec_form) out += " exec";
  for (const Word& word : instruction.words) out += " " + bracketed(word.value);
  // Shell forms have no words of their own; HEALTHCHECK's one is repeated by its inner.
  if (instruction.words.empty() && !instruction.args.text.empty()) {
    out += ' ';
    out += instruction.args.text;
  }
}

void dump_heredocs(const Instruction& instruction, std::string& out) {
  for (const Heredoc& heredoc : instruction.heredocs) {
    out += heredoc.strip_tabs ? " <<-" : " <<";
    out += heredoc.expands ? std::string(heredoc.name) : "'" + std::string(heredoc.name) + "'";
    out += "{" + std::string(heredoc.text) + "}";
    if (!heredoc.closed) out += " unclosed";
  }
}

/// The chain of inner instructions is at most ONBUILD HEALTHCHECK CMD long.
void dump_instruction(const Instruction& top, std::string& out) {
  out += top.stage == Instruction::kNoStage ? "-" : std::to_string(top.stage);
  for (const Instruction* at = &top; at != nullptr; at = at->inner.get()) {
    out += ' ';
    out += at->keyword == Keyword::kUnknown ? "?" + std::string(at->keyword_text)
                                            : std::string(to_string(at->keyword));
    for (const Flag& flag : at->flags) {
      out += " --" + std::string(flag.name);
      if (flag.has_value) out += "=" + bracketed(flag.value);
    }
    if (at->inner != nullptr) continue;
    if (at->assignments.empty()) {
      dump_words(*at, out);
    } else {
      dump_assignments(*at, out);
    }
    dump_heredocs(*at, out);
  }
  out += '\n';
}

void dump_stage(const Stage& stage, std::string& out) {
  out += "stage " + std::to_string(stage.index) + " " + bracketed(stage.image_expanded);
  if (!stage.image_known) out += " unknown";
  if (!stage.name.empty()) out += " as " + std::string(stage.name);
  if (stage.parent) out += " on " + std::to_string(*stage.parent);
  out += '\n';
}

}  // namespace

std::string dump(const Dockerfile& file) {
  std::string out;
  for (const Directive& directive : file.directives) {
    out += "# " + std::string(directive.name) + "=" + std::string(directive.value) + "\n";
  }
  for (const Instruction& instruction : file.instructions) dump_instruction(instruction, out);
  for (const Stage& stage : file.stages) dump_stage(stage, out);
  for (const Problem& problem : file.problems) {
    out += (problem.fatal ? "fatal: " : "problem: ") + problem.message + "\n";
  }
  return out;
}

}  // namespace plimsoll::dockerfile
