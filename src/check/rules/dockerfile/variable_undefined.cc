#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "check/rule.h"
#include "check/stage_reference.h"
#include "check/variable_use.h"
#include "core/near_name.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "variable-undefined",
    .title = "A variable is used that nothing sets",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:UndefinedVar",
    .why =
        "It is replaced by nothing: the path, label or value is another one than the author "
        "meant.",
    .fix_note =
        "Declare it with ARG or ENV in this stage and above the line, or correct its name. An "
        "ARG before FROM has to be repeated in the stage.",
    .sources = "https://docs.docker.com/reference/build-checks/undefined-var/",
};

using dockerfile::Keyword;

/// Instructions in which BuildKit itself replaces variables.
bool is_expanded(Keyword keyword) {
  switch (keyword) {
    case Keyword::kAdd:
    case Keyword::kArg:
    case Keyword::kCopy:
    case Keyword::kEnv:
    case Keyword::kExpose:
    case Keyword::kLabel:
    case Keyword::kStopsignal:
    case Keyword::kUser:
    case Keyword::kVolume:
    case Keyword::kWorkdir: return true;
    default: return false;
  }
}

/// How much we know of the variables that a stage starts with.
enum class Start : std::uint8_t {
  kPath,     ///< PATH, and none that a Dockerfile would use
  kUnknown,  ///< what the base image sets
};

/// Distributions set no variables of their own; these few are the exceptions.
bool may_be_set_by_distribution(std::string_view name) {
  return name == "container" || name == "LANG" || name == "DISTTAG" || name == "FGC";
}

bool is_plain_distribution(const ImageFacts& facts) {
  if (facts.family == ImageFamily::kWindows) return false;
  return facts.kind == ImageKind::kOs || facts.image == "alpine" || facts.image == "busybox";
}

Start start_of(const DockerfileView& view, const dockerfile::Stage& stage) {
  const StageBase* base = view.base(stage);
  if (base == nullptr || !base->known) return Start::kUnknown;
  if (base->scratch) return Start::kPath;
  const bool plain = base->facts != nullptr && is_plain_distribution(*base->facts);
  return plain ? Start::kPath : Start::kUnknown;
}

/// Looks for the declarations of names, a bounded number of them in each file.
class Declarations {
 public:
  explicit Declarations(const DockerfileView& view) : view_(view) {}

  /// Calls visit(name) for all that `use` sees until it returns true. True as well when we have
  /// looked at too many to go on.
  template <class Visit>
  bool any(const dockerfile::Instruction& use, Visit visit) {
    const dockerfile::Stage* stage = view_.stage_of(use);
    while (stage != nullptr) {
      for (const dockerfile::Instruction& instruction : view_.file.of(*stage)) {
        if (instruction.span.begin >= use.span.begin) break;
        if (instruction.keyword != Keyword::kArg && instruction.keyword != Keyword::kEnv) continue;
        for (const dockerfile::Assignment& one : instruction.assignments) {
          if (left_ == 0 || visit(one.name)) return true;
          --left_;
        }
      }
      stage = stage->parent ? &view_.file.stages[*stage->parent] : nullptr;
    }
    return false;
  }

 private:
  const DockerfileView& view_;
  std::size_t left_ = 1'000'000;
};

class Judge {
 public:
  Judge(const DockerfileView& view, Sink& sink) : view_(view), sink_(sink), declarations_(view) {}

  void judge(const dockerfile::Instruction& instruction) {
    if (instruction.assignments.empty()) {
      for (const dockerfile::Word& word : instruction.words) {
        judge(instruction, word.raw, word.span);
      }
      for (const dockerfile::Flag& flag : instruction.flags) {
        if (flag.name != "chown" && flag.name != "chmod") continue;
        judge(instruction, flag.value, flag.value_span);
      }
      return;
    }
    sibling_ = instruction.assignments.data();
    for (const dockerfile::Assignment& one : instruction.assignments) {
      judge(instruction, one.raw, one.value_span);
      // Each ARG of a line sees the ones before it.
      if (instruction.keyword == Keyword::kArg) siblings_ = &one + 1 - sibling_;
    }
    siblings_ = 0;
  }

 private:
  void judge(const dockerfile::Instruction& instruction, std::string_view raw, Span span) {
    if (raw.find('$') == std::string_view::npos) return;
    std::string_view tested;  // by ${NAME:+:$NAME}
    for_each_variable(raw, view_.file.escape, [&](const VariableUse& use) {
      if (use.modifier == '+') tested = use.name;
      // With a default the author has thought of it.
      if (use.modifier == '-' || use.name == tested || use.name == "PATH") return;
      judge(instruction, use, part_of(raw, span, use.at));
    });
  }

  void judge(const dockerfile::Instruction& instruction, const VariableUse& use, Span span) {
    for (std::ptrdiff_t i = 0; i < siblings_; ++i) {
      if (sibling_[i].name == use.name) return;
    }
    const auto is_it = [&](std::string_view name) { return name == use.name; };
    if (declarations_.any(instruction, is_it) || !is_needed(instruction)) return;
    const std::string_view near = nearest(instruction, use.name);
    const Start start = start_of(view_, *view_.stage_of(instruction));
    // Of what we cannot see we only suspect typing mistakes.
    if (near.empty() && (start == Start::kUnknown || may_be_set_by_distribution(use.name))) return;
    std::string message = "nothing sets " + dockerfile::quoted(use.name);
    if (!near.empty()) {
      message += "; did you mean '" + std::string(near) + "'?";
    } else if (view_.file.global_arg(use.name) != nullptr) {
      message += " in this stage; the ARG before FROM counts only there";
    }
    sink_.report(span, std::move(message));
  }

  std::string_view nearest(const dockerfile::Instruction& instruction, std::string_view name) {
    constexpr std::size_t kShortest = 4;  // $A is one mistake away from every $B
    if (name.size() < kShortest) return "";
    if (is_near(name, "PATH", 1)) return "PATH";
    std::string_view found;
    declarations_.any(instruction, [&](std::string_view declared) {
      if (!is_near(name, declared, 1)) return false;
      found = declared;
      return true;
    });
    return found;
  }

  /// Stages that the target does not need are not built, and may be meant for other files.
  bool is_needed(const dockerfile::Instruction& instruction) {
    if (needed_.empty()) needed_ = needed_stages(view_);
    return needed_[instruction.stage];
  }

  const DockerfileView& view_;
  Sink& sink_;
  Declarations declarations_;
  const dockerfile::Assignment* sibling_ = nullptr;
  std::ptrdiff_t siblings_ = 0;
  std::vector<bool> needed_;
};

void check(const DockerfileView& view, Sink& sink) {
  if (view.file.stages.empty()) return;
  Judge judge(view, sink);
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (!is_expanded(instruction.keyword)) continue;
    if (instruction.stage == dockerfile::Instruction::kNoStage) continue;
    judge.judge(instruction);
  }
}

constexpr Example kExamples[] = {
    {.name = "nothing sets it", .before = "FROM scratch\nCOPY «$foo» .\n"},
    {.name = "set later", .before = "FROM alpine:3.20\nCOPY «$foo» .\nARG foo=bar\n"},
    {.name = "misspelt", .before = "FROM node:20\nARG DIR_ASSETS=assets/\nCOPY «$DIR_ASSET» .\n"},
    {.name = "a misspelt PATH", .before = "FROM node:20\nENV PATH=/a:«$PAHT»\n"},
    {.name = "an ARG before FROM only",
     .before = "ARG VERSION=1\nFROM alpine:3.20\nLABEL version=\"«${VERSION}»\"\n"},
    {.name = "a platform's argument without ARG",
     .before = "FROM scratch\nCOPY app-«$TARGETARCH» /app\n"},
    {.name = "an owner", .before = "FROM alpine:3.20\nCOPY --chown=«$APP» a /a\n"},
    {.name = "declared", .before = "FROM alpine:3.20\nARG foo\nENV A=b C=$PATH\nCOPY a$foo $A\n"},
    {.name = "declared in the stage it is FROM",
     .before = "FROM alpine:3.20 AS base\nARG foo=a\nFROM base\nCOPY $foo .\n"},
    {.name = "in one ARG", .before = "FROM alpine:3.20\nARG A=1 B=$A\n"},
    {.name = "a default", .before = "FROM alpine:3.20\nENV LD=/a${LD:+:$LD} B=${B:-c}\n"},
    {.name = "the base image may set it", .before = "FROM node:20\nENV V=$NODE_VERSION\n"},
    {.name = "for the shell", .before = "FROM alpine:3.20\nRUN echo $foo\nCMD echo $bar\n"},
    {.name = "in single quotes", .before = "FROM alpine:3.20\nENV A='$foo'\n"},
    {.name = "a stage that is not built",
     .before = "FROM scratch AS first\nCOPY $foo .\nFROM scratch\n"},
};

}  // namespace

const Rule& variable_undefined() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
