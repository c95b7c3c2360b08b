#include "parse/dockerfile_check.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "parse/dockerfile_keyword.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::dockerfile {
namespace {

using Check = void (*)(Dockerfile& file, const Instruction& instruction);

std::string keyword_of(const Instruction& instruction) {
  return std::string(to_string(instruction.keyword));
}

void check_unknown(Dockerfile& file, const Instruction& instruction) {
  std::string message = "unknown instruction " + quoted(instruction.keyword_text);
  const std::string_view near = nearest_keyword(instruction.keyword_text);
  if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
  report(file, instruction.keyword_span, std::move(message));
}

bool is_stage_name(std::string_view name) {
  if (name.empty() || !ascii::is_alpha(name.front())) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

void check_from(Dockerfile& file, const Instruction& from) {
  const auto& words = from.words;
  const bool named = words.size() == 3 && ascii::iequals(words[1].raw, "as");
  if (words.size() != 1 && !named) {
    report(file, from.span, "FROM takes an image, or an image, AS and a name");
  } else if (named && !is_stage_name(words[2].raw)) {
    report(file, words[2].span,
           "invalid stage name " + quoted(words[2].raw) +
               ": it starts with a letter and holds letters, digits, '-', '_' and '.' only");
  }
}

void check_sources(Dockerfile& file, const Instruction& copy) {
  if (copy.words.size() < 2) {
    report(file, copy.span, keyword_of(copy) + " needs a source and a destination");
  }
}

void check_some(Dockerfile& file, const Instruction& instruction) {
  if (instruction.words.empty()) {
    report(file, instruction.span, keyword_of(instruction) + " needs at least one argument");
  }
}

void check_volume(Dockerfile& file, const Instruction& volume) {
  check_some(file, volume);
  for (const Word& word : volume.words) {
    if (ascii::trim(word.value).empty()) report(file, word.span, "VOLUME with an empty path");
  }
}

void check_text(Dockerfile& file, const Instruction& instruction) {
  if (instruction.args.text.empty()) {
    report(file, instruction.span, keyword_of(instruction) + " needs an argument");
  }
}

void check_arg(Dockerfile& file, const Instruction& arg) {
  check_some(file, arg);
  for (const Assignment& assignment : arg.assignments) {
    if (assignment.name_span.empty()) {
      report(file, assignment.span, "ARG with an empty name");
    }
  }
}

/// ENV and LABEL.
void check_pairs(Dockerfile& file, const Instruction& instruction) {
  check_some(file, instruction);
  for (const Assignment& assignment : instruction.assignments) {
    if (assignment.legacy && !assignment.has_value) {
      report(file, assignment.span, keyword_of(instruction) + " needs a name and a value");
    } else if (!assignment.has_value) {
      report(file, assignment.span, "no '=' in " + quoted(assignment.name));
    } else if (assignment.name_span.empty()) {
      report(file, assignment.span, keyword_of(instruction) + " with an empty name");
    }
  }
}

void check_shell(Dockerfile& file, const Instruction& shell) {
  if (!shell.exec_form) {
    report(file, shell.span, "SHELL needs a JSON array: SHELL [\"program\", \"option\"]");
  } else {
    check_some(file, shell);
  }
}

void check_healthcheck(Dockerfile& file, const Instruction& healthcheck) {
  const std::string_view type =
      healthcheck.words.empty() ? std::string_view() : healthcheck.words.front().raw;
  if (type.empty()) {
    report(file, healthcheck.span, "HEALTHCHECK needs CMD or NONE");
  } else if (ascii::iequals(type, "none")) {
    if (type.size() != healthcheck.args.text.size()) {
      report(file, healthcheck.span, "HEALTHCHECK NONE takes no arguments");
    }
  } else if (!ascii::iequals(type, "cmd")) {
    report(file, healthcheck.words.front().span,
           "HEALTHCHECK needs CMD or NONE, not " + quoted(type));
  } else if (healthcheck.inner->args.text.empty() ||
             (healthcheck.inner->exec_form && healthcheck.inner->words.empty())) {
    report(file, healthcheck.span, "HEALTHCHECK CMD needs a command");
  }
}

void check_onbuild(Dockerfile& file, const Instruction& onbuild) {
  const Instruction* inner = onbuild.inner.get();
  if (inner == nullptr) {
    report(file, onbuild.span, "ONBUILD needs an instruction");
  } else if (inner->keyword == Keyword::kOnbuild || inner->keyword == Keyword::kFrom ||
             inner->keyword == Keyword::kMaintainer) {
    report(file, inner->keyword_span, keyword_of(*inner) + " cannot follow ONBUILD");
  }
}

Check check_for(Keyword keyword) {
  switch (keyword) {
    case Keyword::kUnknown: return check_unknown;
    case Keyword::kFrom: return check_from;
    case Keyword::kAdd:
    case Keyword::kCopy: return check_sources;
    case Keyword::kArg: return check_arg;
    case Keyword::kEnv:
    case Keyword::kLabel: return check_pairs;
    case Keyword::kExpose: return check_some;
    case Keyword::kVolume: return check_volume;
    case Keyword::kHealthcheck: return check_healthcheck;
    case Keyword::kMaintainer:
    case Keyword::kStopsignal:
    case Keyword::kUser:
    case Keyword::kWorkdir: return check_text;
    case Keyword::kOnbuild: return check_onbuild;
    case Keyword::kShell: return check_shell;
    case Keyword::kCmd:
    case Keyword::kEntrypoint:
    case Keyword::kRun: return nullptr;  // may be empty: CMD alone clears the base's
  }
  return nullptr;
}

}  // namespace

void check_instruction(Dockerfile& file, const Instruction& instruction) {
  if (const Check check = check_for(instruction.keyword)) check(file, instruction);
  if (instruction.keyword != Keyword::kOnbuild || instruction.inner == nullptr) return;
  const Instruction& inner = *instruction.inner;
  if (inner.keyword == Keyword::kOnbuild) return;
  if (const Check check = check_for(inner.keyword)) check(file, inner);
}

void check_file(Dockerfile& file) {
  if (file.instructions.empty()) {
    report(file, {0, 0}, "no instructions in this file");
    return;
  }
  if (file.stages.empty()) {
    report(file, file.instructions.front().span, "no FROM in this file");
    return;
  }
  for (const Instruction& instruction : file.instructions) {
    if (instruction.keyword == Keyword::kFrom) return;
    if (instruction.keyword == Keyword::kArg || instruction.keyword == Keyword::kUnknown) continue;
    report(file, instruction.span,
           keyword_of(instruction) + " before the first FROM; only ARG may stand there");
  }
}

}  // namespace plimsoll::dockerfile
