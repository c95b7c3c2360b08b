#include <algorithm>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "consecutive-runs",
    .title = "Single commands follow each other in RUNs of their own",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3059",
    .why = "Each RUN is a layer, and what a later one deletes stays in the earlier.",
    .fix_note =
        "Join them with &&. Unsafe: joined commands share one cache entry, their working "
        "directory and their variables.",
    .sources = "https://docs.docker.com/build/building/best-practices/#run",
};

/// What a RUN of one command looks like to the next.
bool is_single(const dockerfile::Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kRun && instruction.script.understood &&
         instruction.script.commands.size() == 1;
}

bool same_flags(const dockerfile::Instruction& a, const dockerfile::Instruction& b) {
  return std::equal(a.flags.begin(), a.flags.end(), b.flags.begin(), b.flags.end(),
                    [](const dockerfile::Flag& x, const dockerfile::Flag& y) {
                      return x.name == y.name && x.value == y.value;
                    });
}

void check(const DockerfileView& view, Sink& sink) {
  const dockerfile::Instruction* previous = nullptr;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    const bool single = is_single(instruction);
    if (single && previous != nullptr && same_flags(*previous, instruction)) {
      sink.report(instruction.keyword_span, "this RUN and the one before hold one command each");
    }
    previous = single ? &instruction : nullptr;
  }
}

constexpr Example kExamples[] = {
    {.name = "two", .before = "FROM debian:12\nRUN /a.sh\n# next\n«RUN» /b.sh\n"},
    {.name = "chained", .before = "FROM debian:12\nRUN a\nRUN b && c\nRUN d | e\n"},
    {.name = "something between", .before = "FROM debian:12\nRUN a\nWORKDIR /b\nRUN c\n"},
    {.name = "different mounts",
     .before = "FROM debian:12\nRUN --mount=type=secret,id=a b\nRUN --mount=type=secret,id=c d\n"},
    {.name = "in different stages",
     .before = "FROM debian:12 AS a\nRUN b\nFROM debian:12\nRUN c\n"},
};

}  // namespace

const Rule& consecutive_runs() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
